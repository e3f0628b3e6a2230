// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include <xapian.h>

namespace quipu::text {

/// Whether the stem of a word of ASCII letters begins with the letter that the word begins with: some
/// languages change words at their beginning.
bool StemsKeepFirstLetter(std::string_view language);

/// Stems the words of one language with Snowball so that forms with and without diacritics meet: the word is
/// folded first, then what the stemmer knows endings by is put back ("acusacion" → "acusación" → "acus").
/// docs/decisions/languages.md has the figures behind it.
class Stemmer {
 public:
  /// `language`: ISO 639-1; for one without a stemmer every word is its own stem.
  explicit Stemmer(std::string_view language);

  /// The stem of a word that is already folded; folded too.
  std::string StemFolded(const std::string& folded) const;

  /// The folded stem of a word that still has its diacritics.
  std::string StemExact(const std::string& exact) const;

 private:
  std::string Settle(const std::string& stem) const;

  std::string language_;
  Xapian::Stem stem_;
};

}  // namespace quipu::text
