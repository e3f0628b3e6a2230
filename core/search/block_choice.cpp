// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/block_choice.h"

#include <algorithm>
#include <map>
#include <string>

namespace quipu::search {
namespace {

struct SoughtHashes {
  std::vector<std::uint16_t> hashes;
  std::vector<std::size_t> word_of;
};

// Which hashes tell that a block may hold a word: its stems, and those of what it may become.
SoughtHashes HashesOf(const std::vector<query::SoughtWord>& words, text::Analyzer& analyzer,
                      std::string_view language) {
  SoughtHashes sought;
  const auto add = [&](std::string_view stem, std::size_t word) {
    sought.hashes.push_back(index::StemHash(stem));
    sought.word_of.push_back(word);
  };
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (const std::string& stem : words[i].word.stems) add(stem, i);
    for (const std::string& word : words[i].completions) add(analyzer.Stem(word, language), i);
  }
  return sought;
}

}  // namespace

std::vector<BlockChoice> ChooseBlocks(const StoredText& text, const std::vector<query::SoughtWord>& words,
                                      text::Analyzer& analyzer, std::string_view language,
                                      std::size_t count) {
  if (words.empty() || text.header.begins.empty()) return {};
  if (text.header.begins.size() == 1) return {{.block = 0, .score = 1}};
  const auto [hashes, word_of] = HashesOf(words, analyzer, language);
  const auto blocks = index::FindBlocks(text.database, text.number, text.header, hashes);
  std::map<std::uint32_t, BlockChoice> scores;
  std::map<std::uint32_t, std::size_t> last_word;  // a word counts once a block, however many forms it has
  for (std::size_t i = 0; i < hashes.size(); ++i) {
    for (const std::uint32_t block : blocks[i]) {
      const auto [seen, fresh] = last_word.try_emplace(block, word_of[i]);
      if (!fresh && seen->second == word_of[i]) continue;
      seen->second = word_of[i];
      BlockChoice& choice = scores[block];
      choice.block = block;
      choice.score += words[word_of[i]].rarity + 0.01;
    }
  }
  std::vector<BlockChoice> choices;
  for (const auto& [block, choice] : scores) choices.push_back(choice);
  const std::size_t keep = std::min(count, choices.size());
  std::partial_sort(choices.begin(), choices.begin() + static_cast<std::ptrdiff_t>(keep), choices.end(),
                    [](const BlockChoice& a, const BlockChoice& b) {
                      return a.score != b.score ? a.score > b.score : a.block < b.block;
                    });
  choices.resize(keep);
  return choices;
}

}  // namespace quipu::search
