// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/index/index_reader.h"
#include "core/query/vocabulary.h"
#include "core/search/phrase_counter.h"
#include "core/search/suggestion.h"

namespace quipu::search {

/// Completes what is being typed from titles, frequent phrases of titles and headings, and words of one state
/// of an index. Immutable and shared by threads; a look-up takes microseconds at 100,000 documents, however
/// short the beginning.
class Suggester {
 public:
  /// A title as it is offered; `rank` orders them: the document's boost.
  struct Title {
    std::string text;
    std::string url;
    double rank = 1;
  };

  /// `vocabulary` is of the same state; it is kept. `documents` says how many there are: words that most of
  /// them have are no suggestions.
  Suggester(std::vector<Title> titles, std::vector<CountedPhrase> phrases,
            std::shared_ptr<const query::Vocabulary> vocabulary, std::uint64_t documents);

  /// Reads titles and headings of all documents; null if `stop` was asked for.
  static std::unique_ptr<Suggester> Read(const index::IndexReader& reader,
                                         std::shared_ptr<const query::Vocabulary> vocabulary,
                                         const std::stop_token& stop);

  /// At most `limit` completions of `q`, distinct: titles that have a word that begins so and go on as typed,
  /// phrases, and words; if there is none, those of what was probably meant. Case and diacritics do not
  /// count.
  std::vector<Suggestion> Suggest(std::string_view q, std::size_t limit) const;

  std::size_t bytes() const;

 private:
  /// Where a word begins in a title, for looking up titles by any of their words.
  struct Start {
    std::uint32_t title = 0;  // in order of rank
    std::uint32_t offset = 0;
  };
  class List;

  void DropEmptyPhrases(std::uint64_t documents);
  void AddTitles(std::vector<Title> titles);
  std::string_view From(const Start& start) const {
    return std::string_view(titles_[start.title].folded).substr(start.offset);
  }
  std::vector<std::uint32_t> BestTitles(const std::string& beginning, std::size_t limit) const;
  std::vector<std::uint32_t> BestPhrases(const std::string& beginning, std::size_t limit) const;
  std::vector<query::Vocabulary::Number> BestTerms(std::string_view beginning, std::size_t limit) const;
  void Complete(const std::string& beginning, std::size_t limit, List& list) const;
  void CompleteMeant(const std::string& beginning, std::size_t limit, List& list) const;

  struct ShownTitle {
    std::string text;
    std::string url;
    std::string folded;
  };

  std::vector<ShownTitle> titles_;
  std::vector<Start> starts_;           // sorted by what stands there
  std::vector<CountedPhrase> phrases_;  // sorted by CountedPhrase::folded
  std::shared_ptr<const query::Vocabulary> vocabulary_;
  std::uint32_t too_frequent_ = 0;  // words of so many documents say nothing
};

/// `text` as beginnings are compared: folded, with single spaces for everything that is no part of a word. A
/// space at the end of `text` stays: the word before it is finished.
std::string FoldForSuggesting(std::string_view text);

}  // namespace quipu::search
