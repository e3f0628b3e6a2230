// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <memory>
#include <vector>

#include "core/query/query_compiler.h"
#include "core/search/candidate.h"
#include "core/search/doc_set.h"
#include "core/search/search_request.h"
#include "core/search/search_result.h"
#include "core/search/selection.h"

namespace quipu::search {

/// A match that looks at every document of a query and not only at the best: for exact totals, facets, sort
/// and distinct. It takes about half as long again as counting alone. For one thread.
class WholeMatch {
 public:
  /// Everything must outlive the object; `shape` is that of the matches' weights.
  /// Documents below `least_weight` are no matches.
  WholeMatch(const Xapian::Database& database, const query::WeightShape& shape, const Selection& selection,
             double least_weight = 0)
      : database_(database), shape_(shape), selection_(selection), least_weight_(least_weight) {}

  /// The hits of the request's window in their order. Fills the total and the facets of `result`; a match
  /// that the deadline ends is told as partial, with what was found until then.
  std::vector<Candidate> Run(const query::CompiledQuery& query, const SearchRequest& request,
                             SearchResult& result);

 private:
  bool Collect(const query::CompiledQuery& query, const std::shared_ptr<const DocSet>& among,
               std::vector<Candidate>& found) const;
  bool CollectByXapian(const Xapian::Query& query, const std::shared_ptr<const DocSet>& among,
                       std::vector<Candidate>& found) const;
  void Narrow(const SearchRequest& request, std::vector<Candidate>& found) const;
  bool CountFacets(const query::CompiledQuery& query, const std::vector<Candidate>& found,
                   const SearchRequest& request, SearchResult& result) const;

  const Xapian::Database& database_;
  query::WeightShape shape_;
  const Selection& selection_;
  double least_weight_;
};

}  // namespace quipu::search
