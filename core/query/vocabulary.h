// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::query {

/// The shortest and the longest word, in letters, that is kept or looked for.
inline constexpr std::size_t kMinVocabularyLetters = 2;
inline constexpr std::size_t kMaxVocabularyLetters = 40;

/// The words of an index that can be misspelt, in how many documents each of them stands, and in which form
/// most of those write it. Immutable and shared by threads. Words with digits or signs, ideographs, and words
/// of scripts without spaces are not in it.
class Vocabulary {
 public:
  /// Beyond so many words, those of one document that look like junk are left out; if that is not enough, all
  /// of one document, of two, and so on.
  static constexpr std::size_t kMaxWords = 1'000'000;

  struct Entry {
    std::string folded;
    std::uint32_t frequency = 0;  // documents
  };

  Vocabulary() = default;
  /// `entries` in any order, without repetition; those that cannot be misspelt are passed over.
  explicit Vocabulary(std::vector<Entry> entries);

  /// The words of a database of the index format. With `stop` an empty vocabulary, soon.
  static Vocabulary Read(const Xapian::Database& database, const std::stop_token& stop = {},
                         std::size_t max_words = kMaxWords);

  /// A word by its number; numbers are in the order of the words' code points.
  using Number = std::uint32_t;

  std::size_t size() const { return frequencies_.size(); }
  std::size_t bytes() const;

  std::string Word(Number number) const;
  std::uint32_t Frequency(Number number) const { return frequencies_[number]; }
  /// The word as it is mostly written: with its diacritics if more than half of its documents have them.
  std::string Written(Number number) const;

  std::optional<Number> Find(std::string_view folded) const;
  /// The words that begin with `prefix`: from the first number to before the second.
  std::pair<Number, Number> WithPrefix(std::string_view prefix) const;

  struct Neighbour {
    Number number = 0;
    std::uint8_t edits = 0;
  };
  /// The words that `folded` becomes by at most `max_edits` (1 or 2) letters put in, left out, replaced, or
  /// exchanged with the next, each place at most once; not `folded` itself. In order of edits, then of
  /// frequency, the first `keep`. Nothing for words that cannot be misspelt.
  std::vector<Neighbour> FindNear(std::string_view folded, int max_edits, std::size_t keep) const;
  /// The same for words that only begin with what `folded` becomes: for a word that is still being typed.
  std::vector<Neighbour> FindNearPrefix(std::string_view folded, int max_edits, std::size_t keep) const;

  /// Takes note of forms with diacritics: each with the documents that have it.
  void NoteWritten(const std::vector<Entry>& exact_forms);

 private:
  std::u16string_view Letters(Number number) const {
    return std::u16string_view(letters_).substr(begins_[number], begins_[number + 1] - begins_[number]);
  }
  Number LowerBound(std::u16string_view letters) const;
  std::vector<Neighbour> Search(std::string_view folded, int max_edits, bool prefix, std::size_t keep) const;

  std::u16string letters_;             // all words, one after another
  std::vector<std::uint32_t> begins_;  // of each word, and the end
  std::vector<std::uint32_t> frequencies_;
  std::vector<std::uint8_t> shared_;  // letters that a word has in common with the one before it
  std::vector<std::pair<Number, std::uint32_t>>
      written_;                // words mostly written otherwise: where their form begins
  std::string written_forms_;  // each ends with a zero
};

/// The letters of a word that can be misspelt: 2 to 40 letters of a script with spaces, all in the Basic
/// Multilingual Plane, marks included. Empty for every other word.
std::u16string LettersOf(std::string_view folded);

}  // namespace quipu::query
