// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/query/filter_ast.h"
#include "core/search/field_format.h"

namespace quipu::search {

enum class MatchingStrategy { kAuto, kAll, kLast, kFrequency };

/// A search, as every front (HTTP, command line, pages) asks it. Limits are checked by the front.
struct SearchRequest {
  std::string q;
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;
  std::uint32_t passages = 1;  // 0 to 5 per hit
  MatchingStrategy matching_strategy = MatchingStrategy::kAuto;
  std::vector<std::string> attributes_to_search_on;  // empty: all
  std::vector<std::string> locales;                  // empty: the index's
  query::FilterNode filter;                          // default: everything
  std::vector<std::string> sort;                     // "date:desc"; empty: by rank
  bool sort_by_any_field = false;                    // for orders of our own: not only what is configured
  std::string distinct;                              // a field that hits must differ in; empty: none
  std::vector<std::string> facets;                   // fields to count; "*": all that the index counts
  std::vector<std::string> disjunctive_facets;       // the same, as if nothing were filtered by them
  std::optional<std::string> facet_query;            // count only values with this text
  std::optional<double> now;                         // of dates such as `now-1y`; nothing: the system's clock
  bool exact_total = false;                          // count every match
  bool typos = true;                                 // misspelt words are corrected
  bool with_body = false;                            // fill Hit::document.body
  bool explain = false;                              // fill SearchResult::explanation
  std::int64_t deadline_ms = 1000;
  FieldFormat format;           // fill Hit::formatted and Hit::matches
  double score_threshold = 0;   // leave out hits with a lower score; the total does not count them either
  bool score_details = false;   // fill Hit::score_parts
  bool fold_duplicates = true;  // of near-duplicates only the best; the others are in Hit::duplicates
  bool newest_first = false;    // by date, then by id, in place of the rank
  bool scores_only = false;  // hits have docid, score and what they are sorted by, nothing is read for them
};

}  // namespace quipu::search
