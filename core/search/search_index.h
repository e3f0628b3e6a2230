// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/index/index_reader.h"
#include "core/search/rule_book.h"
#include "core/search/search_request.h"
#include "core/search/search_result.h"
#include "core/search/similar.h"
#include "core/search/suggestion.h"

namespace quipu::search {

/// One index as it is searched. Thread-safe: each calling thread works on a reader of its own that is
/// taken from a pool. Searches that meet a writer's commit are repeated on the newer state, invisibly.
class SearchIndex {
 public:
  SearchIndex(config::Index settings, std::filesystem::path index_root);
  ~SearchIndex();

  const config::Index& settings() const;

  /// Looks whether there is a new commit or generation and takes it up; cheap (microseconds) when there
  /// is none. True if the state changed. An index that cannot be opened keeps serving what it had.
  bool Refresh();

  /// Whether another index stands in the folder by now. This object goes on with what it holds open; who
  /// wants the other one opens it with an object of its own.
  bool WasReplaced() const;

  /// Nothing if the index is open, else why it is not.
  std::optional<Error> Unavailable() const;

  Result<SearchResult> Search(const SearchRequest& request) const;
  /// Documents like one of the index.
  Result<SearchResult> Similar(const SimilarRequest& request) const;
  /// kDocumentNotFound if there is none. With the body come the segments.
  Result<schema::Document> GetDocument(const std::string& id, bool with_body) const;
  /// Facts of the state that is served now; cached, cheap.
  Result<index::IndexFacts> Facts() const;
  /// How many documents have each field; cached for each state.
  Result<std::map<std::string, std::uint64_t>> FieldDistribution() const;
  /// Memory taken by the columns that filters, facets and orders have asked for.
  std::uint64_t ColumnBytes() const;
  /// Completions of what is being typed, see Suggester. Empty for the moment before the first are ready.
  Result<std::vector<Suggestion>> Suggest(const std::string& q, std::size_t limit) const;
  /// Waits until the words of the index are known, which corrections come from, and the suggestions; they
  /// follow a new state by themselves a moment later. False if that takes longer than `at_most`, and at once
  /// if the index is unavailable.
  bool AwaitWords(std::chrono::milliseconds at_most) const;
  bool AwaitSuggestions(std::chrono::milliseconds at_most) const;
  /// Names what searches depend on beside the index: the state whose words are known, and the rule files.
  std::string AidsTag() const;
  /// Names the state that suggestions come from.
  std::string SuggestionsTag() const;
  /// The words known, and the bytes of memory that they and the suggestions take.
  std::pair<std::uint64_t, std::uint64_t> WordsInMemory() const;
  /// What happened to the rule files (synonyms, pins, stop words) since the last call.
  std::vector<RuleNews> TakeRuleNews();
  /// Bytes on disk of the generation served.
  std::uint64_t SizeBytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quipu::search
