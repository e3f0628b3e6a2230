// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/glob_part.h"

#include <cstdint>

#include "core/text/utf8.h"

namespace quipu::source {
namespace {

/// The class that begins at `pattern[0] == '['`: its length with both brackets, 0 if it is not closed.
std::size_t ClassLength(std::string_view pattern) {
  std::size_t at = 1;
  if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) ++at;
  if (at < pattern.size() && pattern[at] == ']') ++at;  // a bracket that comes first stands for itself
  for (; at < pattern.size(); ++at) {
    if (pattern[at] == '\\') {
      ++at;
    } else if (pattern[at] == ']') {
      return at + 1;
    }
  }
  return 0;
}

/// Bytes that are not UTF-8 are characters of their own, beyond every code point.
constexpr char32_t kBrokenByteBase = 0x200000;

/// The first character of `rest` (not empty), which it moves past.
char32_t Take(std::string_view& rest) {
  const text::Utf8Char next = text::DecodeUtf8(rest, 0);
  const auto byte = static_cast<std::uint8_t>(rest[0]);
  rest.remove_prefix(next.bytes);
  return next.code == text::Utf8Char::kMalformed ? kBrokenByteBase + byte : next.code;
}

/// Reads one possibly escaped character of a class and moves past it.
char32_t NextOfClass(std::string_view& members) {
  if (members.size() > 1 && members[0] == '\\') members.remove_prefix(1);
  return Take(members);
}

bool ClassHas(std::string_view members, char32_t value) {
  bool negated = false;
  if (!members.empty() && (members[0] == '!' || members[0] == '^')) {
    negated = true;
    members.remove_prefix(1);
  }
  bool found = false;
  while (!members.empty()) {
    const char32_t first = NextOfClass(members);
    char32_t last = first;
    if (members.size() > 1 && members[0] == '-') {
      members.remove_prefix(1);
      last = NextOfClass(members);
    }
    found = found || (first <= value && value <= last);
  }
  return found != negated;
}

/// Matches the one element at the head of `pattern` (not `*`) with the head of `name`; moves past both.
bool MatchOne(std::string_view& pattern, std::string_view& name) {
  if (pattern[0] == '?') {
    pattern.remove_prefix(1);
    Take(name);
    return true;
  }
  if (pattern[0] == '[') {
    if (const std::size_t length = ClassLength(pattern); length > 0) {
      const bool has = ClassHas(pattern.substr(1, length - 2), Take(name));
      pattern.remove_prefix(length);
      return has;
    }
  }
  if (pattern[0] == '\\' && pattern.size() > 1) pattern.remove_prefix(1);
  if (pattern[0] != name[0]) return false;
  pattern.remove_prefix(1);
  name.remove_prefix(1);
  return true;
}

}  // namespace

bool MatchPart(std::string_view pattern, std::string_view name, bool dot_is_special) {
  if (dot_is_special && !name.empty() && name[0] == '.') {
    const bool says_dot = pattern.starts_with('.') || pattern.starts_with("\\.");
    if (!says_dot) return false;
  }
  // After a mismatch only the last star can take more: earlier ones took the least already.
  bool starred = false;
  std::string_view after_star;
  std::string_view star_rest;
  while (!name.empty()) {
    if (!pattern.empty() && pattern[0] == '*') {
      pattern.remove_prefix(1);
      starred = true;
      after_star = pattern;
      star_rest = name;
      continue;
    }
    if (!pattern.empty() && MatchOne(pattern, name)) continue;
    if (!starred) return false;
    Take(star_rest);
    pattern = after_star;
    name = star_rest;
  }
  return pattern.find_first_not_of('*') == std::string_view::npos;
}

bool HasWildcard(std::string_view part) {
  for (std::size_t at = 0; at < part.size(); ++at) {
    if (part[at] == '\\') {
      ++at;
    } else if (part[at] == '*' || part[at] == '?' || part[at] == '[') {
      return true;
    }
  }
  return false;
}

bool BracketsClose(std::string_view part) {
  for (std::size_t at = 0; at < part.size(); ++at) {
    if (part[at] == '\\') {
      ++at;
    } else if (part[at] == '[') {
      const std::size_t length = ClassLength(part.substr(at));
      if (length == 0) return false;
      at += length - 1;
    }
  }
  return true;
}

}  // namespace quipu::source
