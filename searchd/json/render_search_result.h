// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/schema/document.h"
#include "core/search/search_result.h"
#include "searchd/json/parse_search_request.h"

namespace quipu::searchd {

/// The answer to a search in the contract's shape, in two parts between which the time that it took stands.
struct RenderedAnswer {
  std::string head, tail;
  bool found = false;  // at least one document
  std::string WithTime(std::int64_t processing_time_ms) const;
};
RenderedAnswer RenderAnswer(const SearchParameterSet& search, const search::SearchResult& result);

/// The whole of it.
std::string RenderSearchResult(const SearchParameterSet& search, const search::SearchResult& result,
                               std::int64_t processing_time_ms);

/// A hit of a federated answer.
struct FederatedHit {
  const search::Hit* hit = nullptr;
  const SearchParameterSet* search = nullptr;  // the query that found it
  std::string index_uid;
  std::size_t query = 0;
  double weighted_score = 0;
};

/// The merged list of a federated search, with its window and totals.
struct FederatedAnswer {
  std::vector<FederatedHit> hits;
  std::uint32_t offset = 0;
  std::uint32_t limit = 0;
  std::uint64_t total = 0;
  bool total_is_exact = true;
  bool partial = false;
  std::vector<std::pair<std::string, std::vector<search::FacetCounts>>> facets;  // of each index
  std::optional<std::size_t> merged_values;                                      // see Federation
};
std::string RenderFederated(const FederatedAnswer& answer, std::int64_t processing_time_ms);

/// The answer of a multi-search: each of `answers` is one of RenderSearchResult.
std::string RenderMultiSearch(const std::vector<std::pair<std::string, std::string>>& answers);

/// Documents like the one of that id.
std::string RenderSimilar(const std::string& id, const SearchParameterSet& search,
                          const search::SearchResult& result, std::int64_t processing_time_ms);

/// How many numbered pages of `hits_per_page` can be asked for; none reaches past the window's end.
std::uint64_t TotalPages(std::uint64_t total, std::uint32_t hits_per_page);

/// One stored document.
std::string RenderDocument(const schema::Document& document, const FieldSelection& fields);

/// A page of stored documents.
std::string RenderDocumentList(const search::SearchResult& result, const FieldSelection& fields,
                               std::uint32_t offset, std::uint32_t limit);

}  // namespace quipu::searchd
