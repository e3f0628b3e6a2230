// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/nearest.h"

#include <algorithm>
#include <string>
#include <vector>

namespace quipu {
namespace {

// Names that people type are short; a longer one is no slip of the hand, and the comparison is quadratic.
constexpr std::size_t kMaxCompared = 64;

std::string Letters(std::string_view name) {
  std::string letters;
  for (const char c : name) {
    if (c == '_' || c == '-') continue;
    letters += (c >= 'A' && c <= 'Z') ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return letters;
}

/// Optimal string alignment: like Levenshtein's distance, with a swap of neighbours as one step.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> steps(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) steps[i][0] = i;
  for (std::size_t j = 0; j <= b.size(); ++j) steps[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t changed = steps[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      steps[i][j] = std::min({steps[i - 1][j] + 1, steps[i][j - 1] + 1, changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        steps[i][j] = std::min(steps[i][j], steps[i - 2][j - 2] + 1);
      }
    }
  }
  return steps[a.size()][b.size()];
}

}  // namespace

std::string_view Nearest(std::string_view name, std::span<const std::string_view> known) {
  std::string_view nearest;
  if (name.empty() || name.size() > kMaxCompared) return nearest;
  const std::string typed = Letters(name);
  std::size_t fewest = std::max<std::size_t>(1, typed.size() / 3) + 1;
  for (const std::string_view candidate : known) {
    const std::size_t distance = Distance(typed, Letters(candidate));
    // One letter for another is no slip but another word: `x` is not meant for `q`.
    if (distance >= fewest || distance >= std::max(typed.size(), candidate.size())) continue;
    fewest = distance;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace quipu
