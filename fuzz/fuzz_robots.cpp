// SPDX-License-Identifier: GPL-2.0-or-later
// A robots.txt. Whatever it says, it may be asked for itself, and the same question has the same answer.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "indexer/web/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::web;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Robots robots = Robots::Parse(text, "quipu-indexer");
  if (!robots.Allows("/robots.txt")) std::abort();
  const std::string target = "/" + std::string(text.substr(0, 200));
  if (robots.Allows(target) != Robots::Parse(text, "QUIPU-INDEXER").Allows(target)) std::abort();
  if (robots.crawl_delay_ms().value_or(0) < 0) std::abort();
  return 0;
}
