// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/word_matcher.h"

#include <algorithm>

namespace quipu::search {

WordMatcher::WordMatcher(text::Analyzer& analyzer, const std::vector<query::SoughtWord>& words)
    : analyzer_(analyzer), words_(words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const query::SoughtWord& sought = words[i];
    const auto index = static_cast<std::uint16_t>(i);
    has_phrases_ = has_phrases_ || sought.phrase != 0;
    Add(by_form_, sought.word.folded, index);
    if (!sought.exact_form) {
      for (const std::string& stem : sought.word.stems) Add(by_stem_, stem, index);
    }
    // What only begins as the word does begins with its letter too, which by_form_ has added.
    if (sought.prefix) prefixes_.push_back(index);
  }
}

void WordMatcher::Add(Lookup& lookup, const std::string& key, std::uint16_t word) {
  text::AddFirstLetter(key, first_letters_);
  std::vector<std::uint16_t>& list = lookup[key];
  // A word typed twice is one word, but each phrase needs its own.
  if (list.empty() || words_[word].phrase != 0) list.push_back(word);
}

void WordMatcher::Match(const text::Token& token, std::vector<FoundWord>& found) const {
  const auto take = [&](const Lookup& lookup, std::string_view key) {
    if (key.empty()) return false;
    const auto entry = lookup.find(key);
    if (entry == lookup.end()) return false;
    for (const std::uint16_t word : entry->second) {
      found.push_back({.begin = token.begin, .end = token.end, .position = token.position, .word = word});
    }
    return true;
  };
  const bool by_form = take(by_form_, token.folded);
  const bool by_stem = !by_form && (take(by_stem_, token.stem) || take(by_stem_, token.exact_stem));
  if (by_form || by_stem) return;
  for (const std::uint16_t word : prefixes_) {
    if (!token.folded.starts_with(words_[word].word.folded)) continue;
    found.push_back({.begin = token.begin,
                     .end = token.end,
                     .position = token.position,
                     .word = word,
                     .only_begins = true});
  }
}

// A word of a phrase found alone says nothing: only runs of all its words at following positions stay.
void WordMatcher::KeepWholePhrases(std::vector<FoundWord>& found) const {
  std::vector<bool> keep(found.size(), false);
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::uint16_t first = found[i].word;
    const std::uint32_t phrase = words_[first].phrase;
    if (phrase == 0) keep[i] = true;
    if (phrase == 0 || (first > 0 && words_[first - 1].phrase == phrase)) continue;
    std::vector<std::size_t> run = {i};
    std::size_t next_word = first + 1U;
    for (std::size_t j = i + 1; j < found.size() && next_word < words_.size(); ++j) {
      if (words_[next_word].phrase != phrase) break;
      if (found[j].position > found[run.back()].position + 1) break;
      if (found[j].position != found[run.back()].position + 1 || found[j].word != next_word) continue;
      run.push_back(j);
      ++next_word;
    }
    if (next_word < words_.size() && words_[next_word].phrase == phrase) continue;
    for (const std::size_t member : run) keep[member] = true;
  }
  std::size_t out = 0;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (keep[i]) found[out++] = found[i];
  }
  found.resize(out);
}

std::vector<FoundWord> WordMatcher::Find(std::string_view text, std::string_view language) {
  std::vector<FoundWord> found;
  if (words_.empty()) return found;
  analyzer_.Analyze(text, {.language = language, .first_letters = first_letters_},
                    [&](const text::Token& token) { Match(token, found); });
  if (has_phrases_) KeepWholePhrases(found);
  return found;
}

}  // namespace quipu::search
