// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/search/word_matcher.h"

namespace quipu::search {

/// A stretch of a text that shows found words.
struct PassageWindow {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  double score = 0;              // the distinct words' rarities, more where they stand close and in order
  bool starts_sentence = false;  // else it begins in the middle of one
  bool ends_sentence = false;
};

/// Characters of a passage, and at most between its first and last found word.
inline constexpr std::uint32_t kPassageCharacters = 280;
inline constexpr std::uint32_t kMatchCharacters = 220;

/// The best window: as many and as rare distinct words as possible, close together, widened to sentence and
/// word boundaries. With nothing found, the text's beginning. `headings` are the ascending offsets at which
/// headings begin: what is added to the found words reaches over none of them.
PassageWindow BestWindow(std::string_view text, std::span<const FoundWord> found,
                         const std::vector<query::SoughtWord>& words,
                         std::span<const std::uint32_t> headings = {});

/// The beginning of a text as a passage, behind short lines that stand above the first real one.
PassageWindow OpeningWindow(std::string_view text, std::span<const std::uint32_t> headings = {});

}  // namespace quipu::search
