// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/search/search_result.h"

namespace quipu::searchd {

/// `{"facetHits": [{"value", "count"}, …], "facetQuery", "processingTimeMs"}` of a search that counted one
/// facet. `query` is echoed; nothing: null.
std::string RenderFacetSearch(const search::SearchResult& result, const std::optional<std::string>& query,
                              std::int64_t processing_time_ms);

/// The values of `facetDistribution` and of `facetStats`, as JSON: `{"type": {"pdf": 12}}`,
/// `{"year": {"min": 1999, "max": 2023}}`.
std::string RenderFacetDistribution(const search::SearchResult& result);
std::string RenderFacetStats(const search::SearchResult& result);

}  // namespace quipu::searchd
