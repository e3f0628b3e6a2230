// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/tokenize.h"

#include <algorithm>
#include <array>
#include <limits>

#include "core/text/number.h"
#include "core/text/utf8.h"

namespace quipu::text {
namespace {

// ICU's dictionaries need context but no more than this; a run without a space may be megabytes long.
constexpr std::size_t kMaxDictionaryRun = 4096;
constexpr std::size_t kMaxAcronymParts = 16;
constexpr std::size_t kMaxSignedWord = 10;  // "notepad++"
constexpr std::string_view kSoftHyphen = "\u00AD";
constexpr std::string_view kHyphen = "\u2010";

// French, Italian, Catalan and Portuguese words that lose their vowel before another: sorted.
constexpr std::array<std::string_view, 28> kElided{
    "all",    "c",    "coll", "d",    "dall", "dell",   "gl",   "j",     "jusqu", "l",
    "lorsqu", "m",    "n",    "nell", "pell", "puisqu", "qu",   "quell", "quest", "quoiqu",
    "s",      "sull", "t",    "tutt", "un",   "v",      "vell", "z"};

constexpr bool IsAsciiAlpha(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
constexpr bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsAsciiWord(char c) { return IsAsciiAlpha(c) || IsAsciiDigit(c); }
constexpr bool IsHigh(char c) { return static_cast<unsigned char>(c) >= 0x80; }

// After these a word in plain letters may go on, or be something else than it seems.
constexpr bool NeedsCare(char c) { return IsHigh(c) || c == '\'' || c == '"' || c == '+' || c == '#'; }

// U+00C0–U+024F are letters but for × and ÷: two bytes each, lead bytes C3–C9.
constexpr bool IsLatinLetter(char lead, char tail) {
  const auto a = static_cast<unsigned char>(lead);
  const auto b = static_cast<unsigned char>(tail);
  return a >= 0xC3 && a <= 0xC9 && (b & 0xC0) == 0x80 && !(a == 0xC3 && (b == 0x97 || b == 0xB7));
}

bool IsWordClass(CharClass c) { return IsLetter(c) || c == CharClass::kDigit; }

}  // namespace

Tokenizer::Tokenizer(std::string_view text)
    : text_(text.substr(0, std::numeric_limits<std::uint32_t>::max())) {}

Tokenizer::Step Tokenizer::StepAt(std::size_t at) const {
  const Utf8Char next = DecodeUtf8(text_, at);
  return {next.bytes == 0 ? CharClass::kOther : ClassOf(next.code), next.bytes};
}

std::size_t Tokenizer::SkipMarks(std::size_t at) const {
  for (;;) {
    const Step step = StepAt(at);
    if (step.kind != CharClass::kMark) return at;
    at += step.bytes;
  }
}

CharClass Tokenizer::ClassAfterMarks(std::size_t at) const { return StepAt(SkipMarks(at)).kind; }

bool Tokenizer::Next(Piece& piece) {
  bool joined = any_;
  while (at_ < text_.size()) {
    const char c = text_[at_];
    if (!IsHigh(c) && !IsAsciiWord(c)) {
      if (c == ' ' || (c >= '\t' && c <= '\r')) joined = false;
      ++at_;
      continue;
    }
    const Step step = StepAt(at_);
    piece = {.begin = static_cast<std::uint32_t>(at_), .joined = joined};
    if (IsWordClass(step.kind)) {
      if (!ReadPlainWord(piece)) ReadWord(piece, step.kind);
    } else if (step.kind == CharClass::kIdeograph) {
      piece.kind = PieceKind::kIdeographs;
      piece.end = static_cast<std::uint32_t>(SkipRun(at_, step.kind, text_.size()));
    } else if (step.kind == CharClass::kDictionary) {
      piece.kind = PieceKind::kDictionary;
      piece.end = static_cast<std::uint32_t>(SkipRun(at_, step.kind, kMaxDictionaryRun));
    } else {
      if (step.kind == CharClass::kSpace) joined = false;
      at_ += step.bytes;
      continue;
    }
    at_ = piece.end;
    any_ = true;
    return true;
  }
  return false;
}

std::size_t Tokenizer::SkipRun(std::size_t at, CharClass kind, std::size_t max_bytes) const {
  const std::size_t begin = at;
  for (;;) {
    const Step step = StepAt(at);
    const bool goes_on = step.kind == kind && at - begin < max_bytes;
    if (step.bytes == 0 || (!goes_on && step.kind != CharClass::kMark)) return at;
    at += step.bytes;
  }
}

// Most words are plain letters followed by a space or by punctuation that ends them: no decoding for them.
bool Tokenizer::ReadPlainWord(Piece& piece) const {
  const char* const text = text_.data();
  const std::size_t size = text_.size();
  std::size_t at = piece.begin;
  for (;;) {
    if (at < size && IsAsciiWord(text[at])) {
      ++at;
    } else if (at + 1 < size && IsLatinLetter(text[at], text[at + 1])) {
      at += 2;
    } else {
      break;
    }
  }
  if (at < size) {
    const char stop = text[at];
    if (NeedsCare(stop)) return false;
    if (stop == '.' || stop == ',') {
      if (at + 1 < size && (IsAsciiWord(text[at + 1]) || IsHigh(text[at + 1]))) return false;
    } else if (stop == '-') {
      piece.rest = RestAfterLineBreak(piece.begin, at);
    }
  }
  piece.end = static_cast<std::uint32_t>(at);
  piece.kind = IsAsciiDigit(text[piece.begin]) ? PieceKind::kNumber : PieceKind::kWord;
  return at > piece.begin;
}

std::size_t Tokenizer::NumberEnd(std::size_t begin) {
  if (begin < list_end_) {
    std::size_t at = begin;
    for (Step step = StepAt(at); step.kind == CharClass::kDigit || step.kind == CharClass::kMark;
         step = StepAt(at)) {
      at += step.bytes;
    }
    return at;
  }
  const NumberExtent extent = ReadNumber(text_.substr(begin));
  if (extent.list > 0) list_end_ = begin + extent.list;
  return begin + extent.number;
}

void Tokenizer::ReadWord(Piece& piece, CharClass first) {
  std::size_t at = piece.begin;
  CharClass last = first;
  if (first == CharClass::kDigit) {
    piece.kind = PieceKind::kNumber;
    at = NumberEnd(at);
    // A separator after it is no part of the number: NumberEnd has seen it.
    if (!IsWordClass(ClassAfterMarks(at))) {
      piece.end = static_cast<std::uint32_t>(SkipMarks(at));
      return;
    }
  }
  for (;;) {
    const Step step = StepAt(at);
    if (IsWordClass(step.kind)) {
      last = step.kind;
      at += step.bytes;
    } else if (step.kind == CharClass::kMark) {
      at += step.bytes;
    } else {
      const std::size_t next = ConnectorEnd(piece, at, step, last);
      if (next == at) break;
      at = next;
      last = StepAt(at).kind;
    }
  }
  if (at < text_.size() && piece.kind == PieceKind::kWord) {
    piece.rest = RestAfterLineBreak(piece.begin, at);
    at = SignEnd(piece.begin, at);
  }
  piece.end = static_cast<std::uint32_t>(at);
}

// Where the word goes on after the sign at `at`, or `at` if it ends there. May move the word's beginning.
std::size_t Tokenizer::ConnectorEnd(Piece& piece, std::size_t at, Step sign, CharClass last) const {
  const std::size_t rest = SkipMarks(at + sign.bytes);
  const CharClass next = StepAt(rest).kind;
  const bool in_letters = IsLetter(last) && IsLetter(next);
  switch (sign.kind) {
    case CharClass::kApostrophe:
      if (!in_letters) return at;
      if (IsElision(piece.begin, at, rest)) piece.begin = static_cast<std::uint32_t>(rest);
      return rest;
    case CharClass::kMiddleDot: return in_letters ? rest : at;
    case CharClass::kDot:
      if (last == CharClass::kDigit && next == CharClass::kDigit) return rest;
      return in_letters ? std::max(at, AcronymEnd(piece.begin)) : at;
    default: {
      const bool quote = text_[at] == '"' || text_.substr(at).starts_with("\u05F4");
      return quote && last == CharClass::kHebrew && next == CharClass::kHebrew ? rest : at;
    }
  }
}

bool Tokenizer::IsElision(std::size_t begin, std::size_t apostrophe, std::size_t rest) const {
  std::array<char, 8> lower{};
  const std::size_t length = apostrophe - begin;
  if (length >= lower.size()) return false;
  for (std::size_t i = 0; i < length; ++i) lower[i] = static_cast<char>(text_[begin + i] | 0x20);
  if (!std::binary_search(kElided.begin(), kElided.end(), std::string_view(lower.data(), length)))
    return false;
  // "the T's" is a plural, no elided article.
  return (text_[rest] | 0x20) != 's' || IsLetter(ClassAfterMarks(rest + 1));
}

// The end of "U.S.A" or "DD.HH" (Spanish doubles the letters of a plural) that begins at `begin`; 0 if there
// is none.
std::size_t Tokenizer::AcronymEnd(std::size_t begin) const {
  std::size_t at = begin;
  for (std::size_t parts = 1; parts <= kMaxAcronymParts; ++parts) {
    const Step letter = StepAt(at);
    if (!IsLetter(letter.kind)) return 0;
    const bool doubled =
        text_[at] >= 'A' && text_[at] <= 'Z' && at + 1 < text_.size() && text_[at + 1] == text_[at];
    at = SkipMarks(at + (doubled ? 2 : letter.bytes));
    const Step sign = StepAt(at);
    if (IsWordClass(sign.kind)) return 0;
    if (sign.kind != CharClass::kDot || !IsLetter(ClassAfterMarks(at + sign.bytes)))
      return parts > 1 ? at : 0;
    at = SkipMarks(at + sign.bytes);
  }
  return 0;
}

// "C++", "g++", "C#": the sign belongs to the word, unless more of a word follows ("a++b"; but "C++20").
std::size_t Tokenizer::SignEnd(std::size_t begin, std::size_t end) const {
  const std::string_view word = text_.substr(begin, end - begin);
  if (word.size() > kMaxSignedWord || !std::all_of(word.begin(), word.end(), IsAsciiAlpha)) return end;
  const std::string_view after = text_.substr(end);
  std::size_t sign = 0;
  if (after.starts_with("++")) sign = 2;
  if (after.starts_with('#') && word.size() == 1) sign = 1;
  if (sign == 0) return end;
  const CharClass next = StepAt(end + sign).kind;
  const bool repeated = after.size() > sign && after[sign] == after[0];
  const bool version = word.size() == 1 && sign == 2 && next == CharClass::kDigit;
  return repeated || (IsWordClass(next) && !version) ? end : end + sign;
}

// "acusa-\nción": where "ción" begins if the word [begin, end) is followed by a hyphen, a line's end and a
// lower-case letter, else 0. A soft hyphen counts as a mark, and so stands inside the word.
std::uint32_t Tokenizer::RestAfterLineBreak(std::size_t begin, std::size_t end) const {
  const std::string_view word = text_.substr(begin, end - begin);
  std::size_t at = end;
  if (text_.substr(at).starts_with('-')) {
    at += 1;
  } else if (text_.substr(at).starts_with(kHyphen)) {
    at += kHyphen.size();
  } else if (!word.ends_with(kSoftHyphen)) {
    return 0;
  }
  const auto is_part = [](char c) { return IsAsciiAlpha(c) || IsHigh(c) || c == '\''; };
  if (!std::all_of(word.begin(), word.end(), is_part)) return 0;
  const std::size_t line_end = text_.find_first_not_of(" \t\r\f\v", at);
  if (line_end == std::string_view::npos || text_[line_end] != '\n') return 0;
  const std::size_t rest = text_.find_first_not_of(" \t\r\f\v", line_end + 1);
  if (rest == std::string_view::npos) return 0;
  const Utf8Char next = DecodeUtf8(text_, rest);
  const bool lower =
      next.code != Utf8Char::kMalformed && IsLetter(ClassOf(next.code)) && IsLowerCase(next.code);
  return lower ? static_cast<std::uint32_t>(rest) : 0;
}

}  // namespace quipu::text
