// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>

namespace quipu::text {

/// What a character is to the tokeniser: the Word_Break property of UAX #29, finer where we cut finer.
enum class CharClass : std::uint8_t {
  kOther,       // separates words
  kSpace,       // separates words, and the tokens beside it are not joined
  kLetter,      // ALetter
  kHebrew,      // Hebrew_Letter: a double quote between two of them is a sign of abbreviation
  kDigit,       // decimal digits of any script, and subscript digits (CO₂)
  kMark,        // Extend, Format and ZWJ: belong to the character before them
  kApostrophe,  // ' and its kin
  kDot,         // . and its kin
  kComma,       // , and its kin
  kMiddleDot,   // · as in the Catalan col·lecció
  kIdeograph,   // Han, kana, Hangul and Bopomofo: no spaces between words, searched by bigrams
  kDictionary,  // Thai, Lao, Khmer, Burmese…: no spaces between words, cut by ICU's dictionaries
};

CharClass ClassOf(char32_t code);

bool IsLowerCase(char32_t code);

inline bool IsLetter(CharClass c) { return c == CharClass::kLetter || c == CharClass::kHebrew; }

}  // namespace quipu::text
