// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/extract_content.h"
#include "indexer/extract/format.h"

// Any bytes decode to valid UTF-8; what passes for text gives a tidy body; a type is found for anything.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using quipu::fuzz::Require;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Require(quipu::extract::IsValidUtf8(quipu::extract::DecodeText(bytes).text));
  Require(quipu::extract::IsValidUtf8(quipu::extract::DecodeText(bytes, "shift_jis").text));
  quipu::fuzz::RequireSound(quipu::extract::ReadPlainText({.bytes = bytes, .name = "a.txt"}));
  const quipu::extract::Extracted extracted =
      quipu::extract::ExtractContent({.bytes = bytes, .name = "a.txt"}, "");
  Require(extracted.state == quipu::extract::State::kIndexed || !extracted.reason.empty());
  Require(extracted.document.body.empty() || !extracted.document.title.empty());
  return 0;
}
