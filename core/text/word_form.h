// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/text/tokenize.h"

namespace quipu::text {

/// Longer words are cut: nobody types them, and Xapian takes 245 bytes for prefix and word.
inline constexpr std::size_t kMaxWordCharacters = 64;
inline constexpr std::size_t kMaxWordBytes = 200;

/// A word as it is indexed.
struct WordForm {
  std::string folded;  // without diacritics; empty if nothing of the word is left (a filler, a lone stroke)
  std::string exact;   // with them
};

/// Brings one piece of kind kWord or kNumber, as it stands in the text, to its form: case and diacritics
/// folded; apostrophes, the possessive 's, the dots of acronyms and invisible characters gone; numbers
/// without separators of thousands.
WordForm FormWord(std::string_view piece, PieceKind kind);

}  // namespace quipu::text
