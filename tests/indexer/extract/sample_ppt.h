// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract::testing {

inline std::string PptAtom(std::uint16_t type, const std::string& bytes, std::uint16_t instance = 0) {
  return Le16(static_cast<std::uint16_t>(instance << 4)) + Le16(type) +
         Le32(static_cast<std::uint32_t>(bytes.size())) + bytes;
}

inline std::string PptContainer(std::uint16_t type, const std::string& bytes, std::uint16_t instance = 0) {
  return Le16(static_cast<std::uint16_t>((instance << 4) | 0xF)) + Le16(type) +
         Le32(static_cast<std::uint32_t>(bytes.size())) + bytes;
}

/// Text of a kind (0: a title, 1: a body, 2: notes), windows-1252.
inline std::string PptText(std::uint32_t kind, const std::string& text) {
  return PptAtom(3999, Le32(kind)) + PptAtom(4008, text);
}

/// A presentation: for each slide what stands in its outline and what in its container; notes of the first
/// slide.
inline std::string MakePpt(const std::vector<std::pair<std::string, std::string>>& slides,
                           const std::string& notes = "") {
  std::string list;
  std::string notes_list;
  std::uint32_t number = 2;
  for (const auto& [outline, shapes] : slides) {
    list += PptAtom(1011, Le32(number) + Le32(0) + Le32(0) + Le32(254 + number) + Le32(0)) + outline;
    ++number;
  }
  if (!notes.empty()) notes_list = PptContainer(4080, PptAtom(1011, Le32(number) + std::string(16, '\0')), 2);
  std::string stream;
  std::string places = Le32((static_cast<std::uint32_t>(slides.size() + (notes.empty() ? 1 : 2)) << 20) | 1);
  const auto add = [&](const std::string& record) {
    places += Le32(static_cast<std::uint32_t>(stream.size()));
    stream += record;
  };
  add(PptContainer(1000, PptContainer(4080, list, 0) + notes_list));
  for (const auto& [outline, shapes] : slides) add(PptContainer(1006, PptContainer(0xF00D, shapes)));
  if (!notes.empty())
    add(PptContainer(1008, PptAtom(1009, Le32(256) + Le32(0)) + PptContainer(0xF00D, notes)));
  const auto directory = static_cast<std::uint32_t>(stream.size());
  stream += PptAtom(6002, places);
  const auto edit = static_cast<std::uint32_t>(stream.size());
  stream += PptAtom(4085, Le32(0) + Le32(0) + Le32(0) + Le32(directory) + Le32(1) + Le32(9) + Le32(0));
  const std::string user = std::string(8, '\0') + Le32(20) + Le32(0xE391C05F) + Le32(edit);
  return MakeOle({{"PowerPoint Document", stream}, {"Current User", user}});
}

}  // namespace quipu::extract::testing
