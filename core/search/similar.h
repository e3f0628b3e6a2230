// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"
#include "core/index/index_reader.h"
#include "core/query/filter_ast.h"
#include "core/search/document_groups.h"
#include "core/search/field_format.h"
#include "core/search/ranking.h"
#include "core/search/search_result.h"
#include "core/search/selection.h"

namespace quipu::search {

/// "More like this one."
struct SimilarRequest {
  std::string id;
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;
  query::FilterNode filter;  // only documents that fulfil it; the document itself need not
  double score_threshold = 0;
  bool fold_duplicates = true;  // those of the document itself are then left out as well
  bool with_body = false;
  std::int64_t deadline_ms = 1000;
};

/// The documents that share the words by which `request.id` differs from others: those that it has often,
/// or in its title, and few others have. Itself is not among them. kDocumentNotFound if there is no such
/// document. Scores are shares of what the document itself would weigh. The work is bounded: at most 32
/// words are searched. `selection` is what the request's filter lets through, null: everything. May throw
/// Xapian::DatabaseModifiedError, as Searcher does.
Result<SearchResult> FindSimilar(const index::IndexReader& reader, GroupTables& tables,
                                 const SimilarRequest& request, const Selection* selection = nullptr,
                                 const Ranking& ranking = kRanking);

}  // namespace quipu::search
