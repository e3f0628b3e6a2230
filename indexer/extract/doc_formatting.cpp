// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/doc_formatting.h"

#include <algorithm>

#include "indexer/extract/little_endian.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kPageBytes = 512;
constexpr std::uint64_t kStyleSheet = 0xA2;  // places in the FIB: an offset in the table stream and a size
constexpr std::uint64_t kCharacterPages = 0xFA;
constexpr std::uint64_t kParagraphPages = 0x102;

enum Sprm : std::uint16_t {
  kInTable = 0x2416,
  kRowEnd = 0x2417,
  kOutlineLevel = 0x2640,
  kInnerCellEnd = 0x244B,
  kInnerRowEnd = 0x244C,
  kVanish = 0x083C,
  kDeleted = 0x0800,
  kDefineTable = 0xD608,
  kChangeTabs = 0xC615,
};

/// How many bytes follow a sprm's number.
std::size_t OperandBytes(std::uint16_t sprm, std::string_view operand) {
  if (sprm == kDefineTable) return U16(operand, 0) + 1U;
  if (sprm == kChangeTabs && U8(operand, 0) == 255) return 255;
  switch (sprm >> 13) {
    case 0:
    case 1: return 1;
    case 3: return 4;
    case 6: return 1U + U8(operand, 0);
    case 7: return 3;
    default: return 2;
  }
}

void Apply(std::string_view sprms, DocFormat& format) {
  while (sprms.size() >= 3) {
    const std::uint16_t sprm = U16(sprms, 0);
    sprms.remove_prefix(2);
    const std::uint8_t value = U8(sprms, 0);
    if (sprm == kInTable) format.in_table = value == 1;
    if (sprm == kRowEnd || sprm == kInnerRowEnd) format.row_end = value == 1;
    if (sprm == kOutlineLevel) format.heading = value <= 8;
    // 0x80 and 0x81 mean "as the style" and "the opposite of the style", which are rarely hidden.
    if (sprm == kVanish || sprm == kDeleted) format.hidden = value == 1 || value == 0x81;
    sprms.remove_prefix(std::min(OperandBytes(sprm, sprms), sprms.size()));
  }
}

}  // namespace

DocFormatting::DocFormatting(std::string_view main, std::string_view table) {
  const auto part = [&](std::uint64_t place) { return Slice(table, U32(main, place), U32(main, place + 4)); };
  ReadStyles(part(kStyleSheet));
  paragraphs_ = ReadPages(main, part(kParagraphPages), true);
  characters_ = ReadPages(main, part(kCharacterPages), false);
}

void DocFormatting::ReadStyles(std::string_view sheet) {
  constexpr std::uint16_t kTitle = 62;  // the number of the built-in style "Title"
  constexpr std::size_t kMaxStyles = 4096;
  const std::size_t count = std::min<std::size_t>(U16(sheet, 2), kMaxStyles);
  std::size_t at = 2ULL + U16(sheet, 0);
  heading_styles_.assign(std::max<std::size_t>(count, 10), false);
  std::vector<std::uint16_t> bases(heading_styles_.size(), 0xFFF);
  for (std::size_t style = 0; style < count && at + 2 <= sheet.size(); ++style) {
    const std::string_view entry = Slice(sheet, at + 2, U16(sheet, at));
    at += 2ULL + U16(sheet, at);
    if (entry.empty()) continue;
    heading_styles_[style] = (U16(entry, 0) & 0xFFF) == kTitle;
    bases[style] = U16(entry, 2) >> 4;
  }
  // Word keeps the numbers 1 to 9 for "heading 1" to "heading 9".
  for (std::size_t style = 1; style <= 9; ++style) heading_styles_[style] = true;
  for (std::size_t style = 10; style < heading_styles_.size(); ++style) {
    std::size_t base = bases[style];
    for (int hops = 0; hops < 10 && base < heading_styles_.size() && !heading_styles_[style]; ++hops) {
      heading_styles_[style] = base >= 1 && base <= 9;
      base = bases[base];
    }
  }
}

DocFormatting::Runs DocFormatting::ReadPages(std::string_view main, std::string_view list,
                                             bool paragraphs) const {
  Runs runs;
  if (list.size() < 12) return runs;
  const std::size_t count = (list.size() - 4) / 8;
  for (std::size_t i = 0; i < count && runs.size() < kMaxRuns; ++i) {
    const std::uint64_t number = U32(list, (count + 1) * 4 + i * 4) & 0x3FFFFF;
    const std::string_view page = Slice(main, number * kPageBytes, kPageBytes);
    if (page.size() == kPageBytes) ReadPage(page, paragraphs, runs);
  }
  const auto before = [](const Run& a, const Run& b) { return a.begin < b.begin; };
  std::stable_sort(runs.begin(), runs.end(), before);
  return runs;
}

void DocFormatting::ReadPage(std::string_view page, bool paragraphs, Runs& runs) const {
  const std::size_t count = U8(page, kPageBytes - 1);
  const std::size_t entry_bytes = paragraphs ? 13 : 1;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t at = 2U * U8(page, (count + 1) * 4 + i * entry_bytes);
    DocFormat format;
    if (at != 0 && paragraphs) format = ReadParagraphFormat(page, at);
    if (at != 0 && !paragraphs) Apply(Slice(page, at + 1, U8(page, at)), format);
    const std::uint32_t begin = U32(page, i * 4);
    const std::uint32_t end = U32(page, i * 4 + 4);
    if (begin < end) runs.push_back({begin, end, format});
  }
}

DocFormat DocFormatting::ReadParagraphFormat(std::string_view page, std::size_t at) const {
  std::size_t size = U8(page, at++);
  size = size == 0 ? 2U * U8(page, at++) : 2 * size - 1;
  const std::string_view entry = Slice(page, at, size);
  DocFormat format;
  const std::uint16_t style = U16(entry, 0);
  format.heading = style < heading_styles_.size() && heading_styles_[style];
  Apply(Slice(entry, 2, entry.size()), format);
  return format;
}

DocFormat DocFormatting::Find(const Runs& runs, std::uint32_t place) {
  auto after = std::upper_bound(runs.begin(), runs.end(), place,
                                [](std::uint32_t wanted, const Run& run) { return wanted < run.begin; });
  if (after == runs.begin()) return {};
  --after;
  return place < after->end ? after->format : DocFormat{};
}

}  // namespace quipu::extract
