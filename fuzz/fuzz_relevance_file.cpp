// SPDX-License-Identifier: GPL-2.0-or-later
// A file of relevance checks of any bytes is read within its bounds, or its fault is told with a line.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "indexer/job/relevance_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using quipu::job::RelevanceCheck;
  const auto check = RelevanceCheck::Parse({reinterpret_cast<const char*>(data), size}, "file");
  if (check && check->size() > RelevanceCheck::kMaxLines) std::abort();
  if (!check && !check.error().message.starts_with("file:")) std::abort();
  return 0;
}
