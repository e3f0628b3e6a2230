// SPDX-License-Identifier: GPL-2.0-or-later
#include <array>
#include <cstdint>

#include "fuzz/extract_invariants.h"
#include "indexer/extract/format.h"

// Any bytes are a text in every kind of markup: what is read of it is tidy, its segments stand in it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace quipu::extract;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  constexpr std::array kReaders = {&ReadRestructuredText, &ReadAsciidoc, &ReadLatex, &ReadSubtitles,
                                   &ReadNotebook,         &ReadXml,      &ReadSvg};
  for (const auto read : kReaders) quipu::fuzz::RequireSound(read({.bytes = bytes, .name = "a"}));
  return 0;
}
