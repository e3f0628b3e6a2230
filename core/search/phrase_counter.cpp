// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/phrase_counter.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/text/fold.h"
#include "core/text/tokenize.h"

namespace quipu::search {
namespace {

constexpr std::size_t kMaxTextBytes = 400;
constexpr std::size_t kLongestPhrase = 3;
constexpr std::size_t kShortestWord = 2;  // bytes, at either end
constexpr std::size_t kMaxOfDocument = 200;

struct Word {
  std::string folded;
  std::string text;
};

std::vector<Word> WordsOf(std::string_view text) {
  std::vector<Word> words;
  text::Tokenizer tokenizer(text);
  for (text::Piece piece; tokenizer.Next(piece);) {
    // Texts without spaces have no phrases of words; a number ends one.
    if (piece.kind != text::PieceKind::kWord) {
      words.emplace_back();
      continue;
    }
    Word word{.folded = {}, .text = text::FoldCase(text.substr(piece.begin, piece.end - piece.begin))};
    word.folded = text::StripMarks(word.text);
    words.push_back(std::move(word));
  }
  return words;
}

}  // namespace

void PhraseCounter::Add(std::string_view text) {
  const std::string valid = text::ValidUtf8(text.substr(0, kMaxTextBytes));
  const std::vector<Word> words = WordsOf(valid);
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string folded = words[i].folded;
    std::string shown = words[i].text;
    for (std::size_t n = 1; n < kLongestPhrase && i + n < words.size() && !folded.empty(); ++n) {
      const Word& next = words[i + n];
      if (next.folded.empty()) break;
      folded += ' ' + next.folded;
      shown += ' ' + next.text;
      if (words[i].folded.size() < kShortestWord || next.folded.size() < kShortestWord) continue;
      const std::uint64_t hash = std::hash<std::string_view>()(folded);
      const bool seen = std::find(of_document_.begin(), of_document_.end(), hash) != of_document_.end();
      if (seen || of_document_.size() >= kMaxOfDocument) continue;
      of_document_.push_back(hash);
      if (++documents_[hash] == 2) repeated_[hash] = {.folded = folded, .text = shown, .documents = 2};
    }
  }
}

void PhraseCounter::EndDocument() {
  of_document_.clear();
  if (documents_.size() <= kMaxCounted) return;
  std::erase_if(documents_, [](const auto& entry) { return entry.second < 2; });
  // Hardly any is seen once: the index says the same over and over. What was counted so far is enough.
  if (documents_.size() > kMaxCounted) documents_.clear();
}

std::vector<CountedPhrase> PhraseCounter::Take() {
  std::vector<CountedPhrase> phrases;
  for (auto& [hash, phrase] : repeated_) {
    const auto counted = documents_.find(hash);
    if (counted != documents_.end()) phrase.documents = std::max(phrase.documents, counted->second);
    phrases.push_back(std::move(phrase));
  }
  repeated_.clear();
  documents_.clear();
  std::sort(phrases.begin(), phrases.end(), [](const CountedPhrase& a, const CountedPhrase& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.folded < b.folded;
  });
  if (phrases.size() > kMaxPhrases) phrases.resize(kMaxPhrases);
  std::sort(phrases.begin(), phrases.end(),
            [](const CountedPhrase& a, const CountedPhrase& b) { return a.folded < b.folded; });
  return phrases;
}

}  // namespace quipu::search
