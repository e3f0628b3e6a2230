// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"

// Any bytes are Markdown, with or without front matter.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  quipu::fuzz::RequireSound(quipu::extract::ReadMarkdown({.bytes = bytes, .name = "a.md"}));
  return 0;
}
