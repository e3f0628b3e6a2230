// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/near_words.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

namespace quipu::query {
namespace {

// What a kind of slip costs; tuned on lists of real misspellings, see docs/ranking.md.
struct SlipCosts {
  double replace = 1;
  double neighbour_key = 0.8;
  double sounds_alike = 0.6;
  double vowel = 0.8;
  double insert = 0.9;     // a letter too many was typed
  double leave_out = 0.9;  // a letter is missing
  double doubled = 0.55;   // the same letter twice, or once instead of twice
  double mute = 0.6;       // h, and a final e
  double exchange = 0.7;
  double first_letter = 0.35;  // more
};
constexpr SlipCosts kSlips;

// Rows of a keyboard with how far each is moved to the right, in quarters of a key.
struct KeyRow {
  std::u16string_view keys;
  int shift;
};
constexpr std::array<KeyRow, 3> kKeyRows = {{{u"qwertyuiop", 0}, {u"asdfghjklñ", 1}, {u"zxcvbnm", 3}}};

bool FindKey(char16_t letter, int& row, int& quarter) {
  for (std::size_t i = 0; i < kKeyRows.size(); ++i) {
    const std::size_t at = kKeyRows[i].keys.find(letter);
    if (at == std::u16string_view::npos) continue;
    row = static_cast<int>(i);
    quarter = static_cast<int>(at) * 4 + kKeyRows[i].shift;
    return true;
  }
  return false;
}

bool AreNeighbourKeys(char16_t a, char16_t b) {
  int row_a = 0;
  int row_b = 0;
  int at_a = 0;
  int at_b = 0;
  if (!FindKey(a, row_a, at_a) || !FindKey(b, row_b, at_b)) return false;
  return std::abs(row_a - row_b) <= 1 && std::abs(at_a - at_b) <= 4;
}

bool IsVowel(char16_t letter) {
  return std::u16string_view(u"aeiouyаеёиоуыэюя").find(letter) != std::u16string_view::npos;
}

// Letters that are written for each other because they sound alike, in the languages of our stemmers.
bool SoundAlike(char16_t a, char16_t b) {
  static constexpr std::array<std::u16string_view, 9> kGroups = {u"bv",  u"szc", u"ckq", u"gj", u"iy",
                                                                 u"vfw", u"dt",  u"mn",  u"jx"};
  return std::any_of(kGroups.begin(), kGroups.end(), [&](std::u16string_view group) {
    return group.find(a) != std::u16string_view::npos && group.find(b) != std::u16string_view::npos;
  });
}

double ReplaceCost(char16_t typed, char16_t meant) {
  if (typed == meant) return 0;
  if (SoundAlike(typed, meant)) return kSlips.sounds_alike;
  if (IsVowel(typed) && IsVowel(meant)) return kSlips.vowel;
  return AreNeighbourKeys(typed, meant) ? kSlips.neighbour_key : kSlips.replace;
}

// Of one letter that only one of the words has, `at` in `word`.
double GapCost(std::u16string_view word, std::size_t at, double plain) {
  const bool doubled =
      (at > 0 && word[at - 1] == word[at]) || (at + 1 < word.size() && word[at + 1] == word[at]);
  if (doubled) return kSlips.doubled;
  const bool mute = word[at] == u'h' || (word[at] == u'e' && at + 1 == word.size());
  return mute ? kSlips.mute : plain;
}

}  // namespace

DistanceRows::DistanceRows(std::u16string_view sought, int max_edits)
    : sought_(sought.substr(0, kMaxLetters)),
      max_edits_(std::clamp(max_edits, 1, kMaxEdits)),
      band_(static_cast<std::size_t>(max_edits_)) {
  for (auto& row : rows_) row.fill(kFar);
  best_.fill(kFar);
  for (std::size_t j = 0; j <= sought_.size(); ++j) rows_[0][j] = static_cast<std::uint8_t>(j);
  best_[0] = static_cast<std::uint8_t>(sought_.size());
}

bool DistanceRows::Extend(std::size_t depth, std::u16string_view word) {
  const std::size_t row = depth + 1;
  if (row > sought_.size() + band_) return false;
  const auto& above = rows_[depth];
  auto& here = rows_[row];
  const char16_t letter = word[depth];
  const std::size_t first = row > band_ ? row - band_ : 0;
  const std::size_t last = std::min(sought_.size(), row + band_);
  std::uint8_t least = kFar;
  for (std::size_t j = first; j <= last; ++j) {
    std::uint8_t cell = kFar;
    if (j + 1 <= row + band_) cell = static_cast<std::uint8_t>(above[j] + 1);
    if (j > 0) {
      const auto replaced = static_cast<std::uint8_t>(above[j - 1] + (sought_[j - 1] == letter ? 0 : 1));
      cell = std::min(cell, replaced);
      if (j > first) cell = std::min(cell, static_cast<std::uint8_t>(here[j - 1] + 1));
      if (j > 1 && depth > 0 && sought_[j - 1] == word[depth - 1] && sought_[j - 2] == letter)
        cell = std::min(cell, static_cast<std::uint8_t>(rows_[depth - 1][j - 2] + 1));
    }
    here[j] = cell;
    least = std::min(least, cell);
  }
  // Cells beside the band may hold what another word left there.
  if (first > 0) here[first - 1] = kFar;
  here[last + 1] = kFar;
  best_[row] = std::min(best_[depth], last == sought_.size() ? here[last] : kFar);
  return least <= max_edits_;
}

int DistanceRows::Distance(std::size_t depth) const {
  const std::size_t end = sought_.size();
  return depth + band_ < end || end + band_ < depth ? kFar : rows_[depth][end];
}

double TypingCost(std::u16string_view typed, std::u16string_view meant) {
  const std::size_t width = meant.size() + 1;
  std::vector<double> table((typed.size() + 1) * width);
  const auto cell = [&](std::size_t i, std::size_t j) -> double& { return table[i * width + j]; };
  for (std::size_t i = 0; i <= typed.size(); ++i) {
    for (std::size_t j = 0; j <= meant.size(); ++j) {
      if (i == 0 && j == 0) continue;
      const double first = i <= 1 && j <= 1 ? kSlips.first_letter : 0;
      double best = 1e9;
      if (i > 0) best = std::min(best, cell(i - 1, j) + GapCost(typed, i - 1, kSlips.insert) + first);
      if (j > 0) best = std::min(best, cell(i, j - 1) + GapCost(meant, j - 1, kSlips.leave_out) + first);
      if (i > 0 && j > 0) {
        const double replaced = ReplaceCost(typed[i - 1], meant[j - 1]);
        best = std::min(best, cell(i - 1, j - 1) + replaced + (replaced > 0 ? first : 0));
      }
      if (i > 1 && j > 1 && typed[i - 1] == meant[j - 2] && typed[i - 2] == meant[j - 1] &&
          typed[i - 1] != typed[i - 2]) {
        best = std::min(best, cell(i - 2, j - 2) + kSlips.exchange);
      }
      cell(i, j) = best;
    }
  }
  return cell(typed.size(), meant.size());
}

}  // namespace quipu::query
