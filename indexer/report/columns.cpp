// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>

#include "core/text/utf8.h"
#include "indexer/report/progress_line.h"

namespace quipu::report {
namespace {

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};

/// Blocks that terminals show in two columns; roughly East Asian Width W and F.
constexpr std::array kWide = {Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
                              Range{0xA960, 0xA97C},   Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},
                              Range{0xFE30, 0xFE6F},   Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},
                              Range{0x1F300, 0x1F64F}, Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};
/// Marks that stand on the character before them, and characters without a picture.
constexpr std::array kZero = {Range{0x0300, 0x036F}, Range{0x0591, 0x05BD}, Range{0x064B, 0x065F},
                              Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x1AB0, 0x1AFF},
                              Range{0x1DC0, 0x1DFF}, Range{0x200B, 0x200F}, Range{0x202A, 0x202E},
                              Range{0x2060, 0x2069}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F},
                              Range{0xFE20, 0xFE2F}, Range{0xFEFF, 0xFEFF}};

bool IsIn(char32_t value, const auto& ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const Range& range) { return range.first <= value && value <= range.last; });
}

bool IsControl(char32_t c) {
  return c == text::Utf8Char::kMalformed || c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
}

/// Signs that turn the direction of what follows could make a line show something else.
bool IsDirection(char32_t value) {
  return (value >= 0x202A && value <= 0x202E) || (value >= 0x2066 && value <= 0x2069);
}

int WidthOf(char32_t c) {
  if (IsControl(c)) return 1;  // shown as U+FFFD
  if (IsIn(c, kZero)) return 0;
  return IsIn(c, kWide) ? 2 : 1;
}

}  // namespace

int Columns(std::string_view shown) {
  int columns = 0;
  for (std::size_t at = 0; at < shown.size();) {
    const text::Utf8Char next = text::DecodeUtf8(shown, at);
    columns += WidthOf(next.code);
    at += next.bytes;
  }
  return columns;
}

std::string Fit(std::string_view shown, int columns) {
  const bool cut = Columns(shown) > columns;
  int room = cut ? columns - 1 : columns;
  if (columns <= 0) return "";
  std::string out;
  for (std::size_t at = 0; at < shown.size();) {
    const text::Utf8Char next = text::DecodeUtf8(shown, at);
    room -= WidthOf(next.code);
    if (room < 0) break;
    if (IsControl(next.code)) {
      out += "\xEF\xBF\xBD";
    } else if (!IsDirection(next.code)) {
      out.append(shown.substr(at, next.bytes));
    }
    at += next.bytes;
  }
  return cut ? out + "…" : out;
}

}  // namespace quipu::report
