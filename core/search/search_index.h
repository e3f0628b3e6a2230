// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/index/index_reader.h"
#include "core/search/search_request.h"
#include "core/search/search_result.h"
#include "core/search/similar.h"

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
  /// Bytes on disk of the generation served.
  std::uint64_t SizeBytes() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quipu::search
