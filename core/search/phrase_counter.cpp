// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/phrase_counter.h"

#include <algorithm>
#include <utility>

#include "core/text/fold.h"
#include "core/text/tokenize.h"

namespace quipu::search {
namespace {

constexpr std::size_t kMaxTextBytes = 400;
constexpr std::size_t kLongestPhrase = 3;
constexpr std::size_t kShortestWord = 2;  // bytes, at either end
constexpr std::size_t kMaxOfDocument = 300;

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
      if (of_document_.size() >= kMaxOfDocument || !of_document_.insert(folded).second) continue;
      Count& count = counts_[folded];
      if (count.documents++ == 0) count.text = shown;
    }
  }
}

void PhraseCounter::EndDocument() {
  of_document_.clear();
  if (counts_.size() > kMaxCounted) std::erase_if(counts_, [](const auto& entry) { return entry.second.documents < 2; });
  if (counts_.size() > kMaxCounted) counts_.clear();
}

std::vector<CountedPhrase> PhraseCounter::Take() {
  std::vector<CountedPhrase> phrases;
  for (auto& [folded, count] : counts_) {
    if (count.documents >= 2)
      phrases.push_back({.folded = folded, .text = std::move(count.text), .documents = count.documents});
  }
  counts_.clear();
  std::sort(phrases.begin(), phrases.end(), [](const CountedPhrase& a, const CountedPhrase& b) {
    return a.documents != b.documents ? a.documents > b.documents : a.folded < b.folded;
  });
  if (phrases.size() > kMaxPhrases) phrases.resize(kMaxPhrases);
  std::sort(phrases.begin(), phrases.end(),
            [](const CountedPhrase& a, const CountedPhrase& b) { return a.folded < b.folded; });
  return phrases;
}

}  // namespace quipu::search
