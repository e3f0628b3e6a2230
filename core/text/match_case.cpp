// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/match_case.h"

#include <unicode/uchar.h>

#include "core/text/utf8.h"

namespace quipu::text {
namespace {

struct Capitals {
  bool first = false;
  bool all = true;
  int letters = 0;
};

Capitals CapitalsOf(std::string_view pattern) {
  Capitals capitals;
  for (std::size_t at = 0; at < pattern.size();) {
    const Utf8Char next = DecodeUtf8(pattern, at);
    at += next.bytes;
    if (next.code == Utf8Char::kMalformed || !u_isalpha(static_cast<UChar32>(next.code))) continue;
    const bool upper = u_isupper(static_cast<UChar32>(next.code));
    if (capitals.letters == 0) capitals.first = upper;
    capitals.all = capitals.all && upper;
    ++capitals.letters;
  }
  return capitals;
}

}  // namespace

std::string MatchCase(std::string_view word, std::string_view pattern) {
  const Capitals capitals = CapitalsOf(pattern);
  if (!capitals.first) return std::string(word);
  const bool whole = capitals.all && capitals.letters > 1;
  std::string out;
  bool first = true;
  for (std::size_t at = 0; at < word.size();) {
    const Utf8Char next = DecodeUtf8(word, at);
    if (next.code == Utf8Char::kMalformed || (!whole && !first)) {
      out.append(word.substr(at, next.bytes));
    } else {
      AppendUtf8(out, static_cast<char32_t>(u_toupper(static_cast<UChar32>(next.code))));
    }
    first = false;
    at += next.bytes;
  }
  return out;
}

}  // namespace quipu::text
