// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/number.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>

#include "core/text/char_class.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

constexpr std::size_t kMaxGroups = 16;
constexpr std::size_t kThousands = 3;

// Digits between two separators, and the sign before them ('.', ',', '\'' or 0 for the first).
struct Group {
  char sign = 0;
  std::size_t digits = 0;
  std::size_t end = 0;
  bool leading_zero = false;
};

struct Groups {
  std::array<Group, kMaxGroups> items;
  std::size_t count = 0;

  const Group& operator[](std::size_t i) const { return items[i]; }
};

char DigitOf(char32_t code) {
  if (code >= U'₀' && code <= U'₉') return static_cast<char>('0' + (code - U'₀'));
  return static_cast<char>('0' + std::max(0, u_charDigitValue(static_cast<UChar32>(code))));
}

char SignOf(CharClass kind) {
  switch (kind) {
    case CharClass::kDot: return '.';
    case CharClass::kComma: return ',';
    case CharClass::kApostrophe: return '\'';
    default: return 0;
  }
}

CharClass ClassAt(std::string_view text, const Utf8Char& next) {
  return text.empty() || next.bytes == 0 ? CharClass::kOther : ClassOf(next.code);
}

// Reads digits from `at` on, and the marks among them; calls `each` with every digit.
template <typename Each>
Group ReadGroup(std::string_view text, std::size_t at, char sign, Each each) {
  Group group{.sign = sign, .end = at};
  for (;;) {
    const Utf8Char next = DecodeUtf8(text, at);
    const CharClass kind = ClassAt(text, next);
    if (kind != CharClass::kDigit && (kind != CharClass::kMark || group.digits == 0)) return group;
    at += next.bytes;
    group.end = at;
    if (kind != CharClass::kDigit) continue;
    const char digit = DigitOf(next.code);
    if (group.digits++ == 0) group.leading_zero = digit == '0';
    each(digit);
  }
}

Groups ReadGroups(std::string_view text) {
  Groups groups;
  std::size_t at = 0;
  char sign = 0;
  while (groups.count < kMaxGroups) {
    const Group group = ReadGroup(text, at, sign, [](char) {});
    if (group.digits == 0) break;
    groups.items[groups.count++] = group;
    const Utf8Char next = DecodeUtf8(text, group.end);
    sign = SignOf(ClassAt(text, next));
    if (sign == 0) break;
    at = group.end + next.bytes;
  }
  return groups;
}

// How many of the groups from the first on are thousands, one sign between all of them: 1 if there is only
// one.
std::size_t ThousandsIn(const Groups& groups) {
  if (groups[0].digits > kThousands || groups[0].leading_zero) return 1;
  std::size_t count = 1;
  while (count < groups.count && groups[count].digits == kThousands && groups[count].sign == groups[1].sign)
    ++count;
  return count;
}

struct Reading {
  std::size_t groups = 1;     // how many belong to the number
  std::size_t thousands = 1;  // of these, how many stand before the decimals
  bool version = false;       // "1.4.22": the dots stay
};

Reading ReadAs(const Groups& groups) {
  const std::size_t thousands = ThousandsIn(groups);
  if (thousands == groups.count) return {groups.count, thousands};
  const bool decimals_end_it = thousands + 1 == groups.count && groups[thousands].sign != '\'';
  if (thousands > 1 && decimals_end_it && groups[thousands].sign != groups[1].sign)
    return {groups.count, thousands};
  const auto* const first_sign = groups.items.begin() + 1;
  const auto* const end = groups.items.begin() + groups.count;
  if (std::all_of(first_sign, end, [](const Group& group) { return group.sign == '.'; })) {
    return {groups.count, 1, true};
  }
  // "3,14" has decimals; "1998,1999" is a list.
  const bool list = groups[0].digits > kThousands && groups[1].digits > kThousands;
  if (groups.count == 2 && groups[1].sign == ',' && !list) return {2, 1};
  return {};
}

}  // namespace

NumberExtent ReadNumber(std::string_view text) {
  const Groups groups = ReadGroups(text);
  if (groups.count == 0) return {};
  const std::size_t read = ReadAs(groups).groups;
  return {groups[read - 1].end, read == groups.count ? 0 : groups[groups.count - 1].end};
}

std::string NumberForm(std::string_view text) {
  const Groups groups = ReadGroups(text);
  std::string out;
  if (groups.count == 0) return out;
  const Reading reading = ReadAs(groups);
  std::size_t at = 0;
  for (std::size_t i = 0; i < reading.groups; ++i) {
    const bool dot = reading.version ? i > 0 : i == reading.thousands;
    if (dot) out += '.';
    if (i > 0) at += DecodeUtf8(text, at).bytes;
    at = ReadGroup(text, at, 0, [&](char digit) { out += digit; }).end;
  }
  return out;
}

}  // namespace quipu::text
