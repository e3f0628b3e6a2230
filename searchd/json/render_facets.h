// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/search/search_result.h"

namespace quipu::searchd {

/// `{"facetHits": [{"value", "count"}, …], "facetQuery", "processingTimeMs"}` of a search that counted one
/// facet. `query` is echoed; nothing: null.
std::string RenderFacetSearch(const search::SearchResult& result, const std::optional<std::string>& query,
                              std::int64_t processing_time_ms);

/// The counts of several indexes added up, the `most` most frequent values of each facet.
std::vector<search::FacetCounts> MergeFacets(
    const std::vector<std::pair<std::string, std::vector<search::FacetCounts>>>& by_index, std::size_t most);

/// The values of `facetDistribution` and of `facetStats`, as JSON: `{"type": {"pdf": 12}}`,
/// `{"year": {"min": 1999, "max": 2023}}`.
std::string RenderFacetDistribution(const search::SearchResult& result);
std::string RenderFacetStats(const search::SearchResult& result);

}  // namespace quipu::searchd
