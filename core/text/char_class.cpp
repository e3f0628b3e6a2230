// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/char_class.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <array>

#include "core/text/utf8.h"

namespace quipu::text {
namespace {

bool IsIdeographic(UChar32 code, int word_break) {
  if (word_break == U_WB_KATAKANA) return true;
  UErrorCode error = U_ZERO_ERROR;
  switch (uscript_getScript(code, &error)) {
    case USCRIPT_HAN:  // Kangxi radicals are symbols, but PDFs hold them in place of ideographs.
      return u_charType(code) != U_NON_SPACING_MARK && !u_ispunct(code);
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_HANGUL:
    case USCRIPT_BOPOMOFO: return u_isalpha(code);
    default: return false;
  }
}

CharClass ClassOfWordBreak(int word_break) {
  switch (word_break) {
    case U_WB_ALETTER: return CharClass::kLetter;
    case U_WB_HEBREW_LETTER: return CharClass::kHebrew;
    case U_WB_EXTEND:
    case U_WB_FORMAT:
    case U_WB_ZWJ: return CharClass::kMark;
    default: return CharClass::kOther;
  }
}

CharClass Classify(char32_t code) {
  switch (code) {
    case U'\'':
    case U'‘':
    case U'’':
    case U'ʼ':
    case U'ʻ':
    case U'＇': return CharClass::kApostrophe;
    case U'.':
    case U'․':
    case U'﹒':
    case U'．': return CharClass::kDot;
    case U',':
    case U'﹐':
    case U'，':
    case U'\u066B':
    case U'\u066C': return CharClass::kComma;
    case U'·':
    case U'\u0387':
    case U'‧': return CharClass::kMiddleDot;
    case U'\u0640': return CharClass::kMark;   // the tatweel stretches Arabic words and says nothing
    case U'\u200B': return CharClass::kSpace;  // an invisible space; it parts Khmer words
    default: break;
  }
  const auto c = static_cast<UChar32>(code);
  // A superscript is mostly a footnote's number and must not stick to the word; a subscript is part of CO₂.
  if (u_charType(c) == U_DECIMAL_DIGIT_NUMBER || (code >= U'₀' && code <= U'₉')) return CharClass::kDigit;
  if (u_isUWhiteSpace(c)) return CharClass::kSpace;
  const int word_break = u_getIntPropertyValue(c, UCHAR_WORD_BREAK);
  if (IsIdeographic(c, word_break)) return CharClass::kIdeograph;
  if (u_getIntPropertyValue(c, UCHAR_LINE_BREAK) == U_LB_COMPLEX_CONTEXT &&
      u_charType(c) != U_OTHER_PUNCTUATION) {
    return CharClass::kDictionary;
  }
  return ClassOfWordBreak(word_break);
}

// Up to here a look-up costs 1 ns in place of 100: the alphabets from Latin to Thai, and punctuation.
constexpr char32_t kTableEnd = 0x2100;

std::array<CharClass, kTableEnd> MakeTable() {
  std::array<CharClass, kTableEnd> table{};
  for (char32_t code = 0; code < kTableEnd; ++code) table[code] = Classify(code);
  return table;
}

}  // namespace

CharClass ClassOf(char32_t code) {
  static const std::array<CharClass, kTableEnd> table = MakeTable();
  if (code < kTableEnd) return table[code];
  if (code >= 0x4E00 && code < 0xA000) return CharClass::kIdeograph;
  if (code == Utf8Char::kMalformed) return CharClass::kOther;
  return Classify(code);
}

bool IsLowerCase(char32_t code) { return u_islower(static_cast<UChar32>(code)); }

}  // namespace quipu::text
