// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/crop.h"

#include <algorithm>
#include <cstddef>

namespace quipu::search {
namespace {

/// Which word of the text a byte stands in.
std::size_t WordAt(std::span<const WordSpan> words, std::uint32_t at) {
  const auto after =
      std::upper_bound(words.begin(), words.end(), at,
                       [](std::uint32_t byte, const WordSpan& word) { return byte < word.begin; });
  return after == words.begin() ? 0 : static_cast<std::size_t>(after - words.begin()) - 1;
}

struct Place {
  std::size_t first = 0;  // words of the text
  std::size_t last = 0;
};

/// Where the rarest words stand within `count` words. One pass: the window's ends only go forward.
Place BestPlace(std::span<const WordSpan> words, std::span<const FoundWord> found,
                const std::vector<query::SoughtWord>& sought, std::size_t count) {
  std::vector<std::uint32_t> times(sought.size(), 0);
  double score = 0;
  double best = -1;
  Place place;
  const auto worth = [&](std::uint16_t word) { return sought[word].rarity + 0.1; };
  std::size_t end = 0;
  for (std::size_t begin = 0; begin < found.size(); ++begin) {
    const std::size_t first = WordAt(words, found[begin].begin);
    while (end < found.size() && WordAt(words, found[end].begin) < first + count) {
      if (times[found[end].word]++ == 0) score += worth(found[end].word);
      ++end;
    }
    // Rounding must not make a later place with the same words a better one.
    if (score > best + 1e-9) {
      best = score;
      place = {first, WordAt(words, found[end - 1].begin)};
    }
    if (--times[found[begin].word] == 0) score -= worth(found[begin].word);
  }
  return place;
}

}  // namespace

std::vector<WordSpan> SpansOfWords(std::string_view text, text::Analyzer& analyzer,
                                   std::string_view language) {
  std::vector<WordSpan> spans;
  std::uint32_t position = 0;
  analyzer.Analyze(text, {.language = language}, [&](const text::Token& token) {
    if (!spans.empty() && token.position == position) {
      spans.back().end = std::max(spans.back().end, token.end);
      return;
    }
    // A pair of ideographs reaches into the next word.
    if (!spans.empty()) spans.back().end = std::min(spans.back().end, token.begin);
    spans.push_back({token.begin, token.end});
    position = token.position;
  });
  return spans;
}

Crop CropAround(std::span<const WordSpan> words, std::uint32_t text_bytes, std::span<const FoundWord> found,
                const std::vector<query::SoughtWord>& sought, std::uint32_t count) {
  if (words.size() <= count) return {0, text_bytes, words.size() < count, words.size() < count};
  const Place place = found.empty() ? Place{} : BestPlace(words, found, sought, count);
  const std::size_t used = std::min<std::size_t>(place.last - place.first + 1, count);
  const std::size_t room = found.empty() ? 0 : (count - used) / 2;
  Crop crop;
  crop.short_before = room > place.first;
  std::size_t first = place.first - std::min(room, place.first);
  if (first + count > words.size()) {
    crop.short_after = true;
    first = words.size() - count;
  }
  const std::size_t last = first + count - 1;
  crop.begin = first == 0 ? 0 : words[first].begin;
  crop.end = last + 1 == words.size() ? text_bytes : words[last].end;
  return crop;
}

}  // namespace quipu::search
