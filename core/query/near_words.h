// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::query {

/// More edits are never looked for.
inline constexpr int kMaxEdits = 2;

/// The table of distances between a sought word and the words of a sorted list, a row for each letter of the
/// word at hand; rows of letters that words share are kept. The distance is that of optimal string alignment:
/// letters put in, left out, replaced, or exchanged with the next.
class DistanceRows {
 public:
  /// `sought` has at most 40 letters and must outlive the rows; `max_edits` is 1 or 2.
  DistanceRows(std::u16string_view sought, int max_edits);

  int max_edits() const { return max_edits_; }

  /// Computes row `depth` + 1, that of letter `depth` of `word`, from those above it; false if no word with
  /// this beginning can be near enough.
  bool Extend(std::size_t depth, std::u16string_view word);

  /// Between the sought word and the first `depth` letters; more than max_edits() if it is too far to count.
  int Distance(std::size_t depth) const;
  /// The least of Distance over all beginnings up to `depth` letters.
  int BestPrefix(std::size_t depth) const { return best_[depth]; }

 private:
  static constexpr std::size_t kMaxLetters = 40;
  static constexpr std::uint8_t kFar = 100;

  std::u16string_view sought_;
  int max_edits_;
  std::size_t band_;
  // Row and column 0 are the empty beginnings.
  std::array<std::array<std::uint8_t, kMaxLetters + 2>, kMaxLetters + 4> rows_;
  std::array<std::uint8_t, kMaxLetters + 4> best_;
};

/// How unlikely it is that somebody types `typed` for `meant`, given that they are at most two edits apart:
/// about 1 an edit, less for neighbours on the keyboard, letters that sound alike, doubled and mute letters
/// and exchanged ones, more for the first letter.
double TypingCost(std::u16string_view typed, std::u16string_view meant);

}  // namespace quipu::query
