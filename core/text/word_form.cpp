// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/word_form.h"

#include "core/text/char_class.h"
#include "core/text/fold.h"
#include "core/text/number.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

// A letter may carry any number of marks, most of which fold away; a piece of megabytes must not be folded
// whole.
constexpr std::size_t kMaxPieceBytes = 1024;

// Without its possessive 's: "peru's" → "peru".
std::string_view WithoutPossessive(std::string_view word) {
  if (!word.ends_with('s')) return word;
  std::size_t before = word.size() - 1;
  while (before > 0 && (static_cast<unsigned char>(word[before - 1]) & 0xC0) == 0x80) --before;
  if (before == 0) return word;
  --before;
  const Utf8Char sign = DecodeUtf8(word, before);
  const bool possessive = before > 0 && sign.bytes == word.size() - 1 - before &&
                          sign.code != Utf8Char::kMalformed && ClassOf(sign.code) == CharClass::kApostrophe;
  return possessive ? word.substr(0, before) : word;
}

bool IsAsciiWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '#';
}

bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }

bool BelongsToWord(char32_t code) {
  switch (ClassOf(code)) {
    case CharClass::kLetter:
    case CharClass::kHebrew:
    case CharClass::kDigit:
    case CharClass::kMark:
    case CharClass::kIdeograph:
    case CharClass::kDictionary: return true;
    default: return false;
  }
}

// Drops what stands inside a word without being searched: apostrophes, dots of acronyms, and whatever signs
// NFKC made of odd letters. A dot between digits stays ("v1.4").
std::string KeepSearched(std::string_view word) {
  std::string out;
  out.reserve(word.size());
  for (std::size_t at = 0; at < word.size();) {
    const Utf8Char next = DecodeUtf8(word, at);
    const char c = word[at];
    const bool inner_dot = c == '.' && at > 0 && IsAsciiDigit(word[at - 1]) && at + 1 < word.size() &&
                           IsAsciiDigit(word[at + 1]);
    if (next.code < 0x80 ? IsAsciiWordByte(c) || inner_dot : BelongsToWord(next.code)) {
      out.append(word, at, next.bytes);
    }
    at += next.bytes;
  }
  return out;
}

std::string Cut(std::string word) {
  word.resize(Utf8Prefix(word, kMaxWordCharacters, kMaxWordBytes).size());
  if (word.ends_with('.')) word.pop_back();
  return word;
}

}  // namespace

WordForm FormWord(std::string_view piece, PieceKind kind) {
  std::string number;
  std::string_view rest = piece;
  if (kind == PieceKind::kNumber) {
    number = NumberForm(piece);
    rest = piece.substr(ReadNumber(piece).number);
  }
  rest = Utf8Prefix(rest, kMaxPieceBytes, kMaxPieceBytes);
  const std::string cased = FoldCase(rest);
  const std::string exact = number + KeepSearched(WithoutPossessive(cased));
  return {Cut(StripMarks(exact)), Cut(exact)};
}

}  // namespace quipu::text
