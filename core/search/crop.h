// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/search/word_matcher.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// The bytes of one word in a text. Ideographs count one by one.
struct WordSpan {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

/// The words of `text` in order; they do not overlap.
std::vector<WordSpan> SpansOfWords(std::string_view text, text::Analyzer& analyzer,
                                   std::string_view language);

/// A stretch of a text, so many words long.
struct Crop {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool short_before = false;  // the best place would have more words before it, had the text any
  bool short_after = false;
};

/// `count` (not 0) words around the place where most of the rarest of the sought words stand together; the
/// beginning if none does; all of a text that has no more words. Signs before the first word and behind the
/// last one of the text belong to them.
Crop CropAround(std::span<const WordSpan> words, std::uint32_t text_bytes, std::span<const FoundWord> found,
                const std::vector<query::SoughtWord>& sought, std::uint32_t count);

}  // namespace quipu::search
