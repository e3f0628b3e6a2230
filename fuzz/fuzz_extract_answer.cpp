// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/wire.h"

// What a process answers, hostile or not, is refused or sound, and says the same when sent again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::extract;
  using quipu::fuzz::Require;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  auto answer = DecodeAnswer(bytes);
  if (answer) {
    const quipu::schema::Document& document = answer->extracted.document;
    Require(IsValidUtf8(document.body) && IsValidUtf8(document.title));
    std::size_t last = 0;
    for (const quipu::schema::Segment& segment : document.segments) {
      Require(segment.begin >= last && quipu::fuzz::Begins(document.body, segment.begin));
      last = segment.begin;
    }
    const auto again = DecodeAnswer(EncodeAnswer(*answer));
    Require(again.ok() && again->extracted.document.body == document.body &&
            again->extracted.document.fields == document.fields);
  }
  // The other messages share the decoder.
  (void)DecodeLayers(bytes).ok();
  (void)DecodeTask(bytes).ok();
  return 0;
}
