// SPDX-License-Identifier: GPL-2.0-or-later
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"

// Any bytes are an RTF file; the text is never much longer than its source.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const quipu::extract::Reading reading = quipu::extract::ReadRtf({.bytes = bytes, .name = "a.rtf"});
  quipu::fuzz::RequireSound(reading);
  quipu::fuzz::Require(reading.body.size() <= 3 * size);
  return 0;
}
