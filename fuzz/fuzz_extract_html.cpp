// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"

// Any bytes are a page: its text is tidy, its segments stand in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  quipu::fuzz::RequireSound(quipu::extract::ReadHtml({.bytes = bytes, .name = "a.html", .want_links = true}));
  return 0;
}
