// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/text/char_class.h"

namespace quipu::text {

enum class PieceKind : std::uint8_t {
  kWord,        // letters, digits and the signs inside them
  kNumber,      // the same, beginning with a digit
  kIdeographs,  // a run of Han, kana, Hangul
  kDictionary,  // a run of Thai, Lao, Khmer, Burmese…: several words
};

/// A stretch of text, as it was given, that gives one token (kWord, kNumber) or several.
struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  PieceKind kind = PieceKind::kWord;
  bool joined = false;     // there is a piece before it and no white space between
  std::uint32_t rest = 0;  // where its other half begins if a hyphen at a line's end cut it in two, else 0
};

/// Cuts a text into pieces at the word boundaries of UAX #29, and further where people search for parts:
/// at '.' between letters ("node.js"), ':', '_', and after an elided article ("l'article" is "article").
/// Sticks together what is one word to people: acronyms ("U.S.A."), "C++", "C#".
class Tokenizer {
 public:
  /// `text` may hold any bytes; its first 4 GiB are read. It must outlive the tokenizer.
  explicit Tokenizer(std::string_view text);

  /// Puts the next piece in `piece`; false at the end.
  bool Next(Piece& piece);

 private:
  struct Step {
    CharClass kind;
    std::uint32_t bytes;
  };

  Step StepAt(std::size_t at) const;
  CharClass ClassAfterMarks(std::size_t at) const;
  std::size_t SkipMarks(std::size_t at) const;
  std::size_t SkipRun(std::size_t at, CharClass kind, std::size_t max_bytes) const;

  bool ReadPlainWord(Piece& piece) const;
  void ReadWord(Piece& piece, CharClass first);
  std::size_t NumberEnd(std::size_t begin);
  std::size_t ConnectorEnd(Piece& piece, std::size_t at, Step sign, CharClass last) const;
  bool IsElision(std::size_t begin, std::size_t apostrophe, std::size_t rest) const;
  std::size_t AcronymEnd(std::size_t begin) const;
  std::size_t SignEnd(std::size_t begin, std::size_t end) const;
  std::uint32_t RestAfterLineBreak(std::size_t begin, std::size_t end) const;

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t list_end_ = 0;  // up to here numbers are a list: "1,2,3"
  bool any_ = false;
};

}  // namespace quipu::text
