// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_facets.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace quipu::searchd {
namespace {

using json = nlohmann::ordered_json;

std::string Text(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

json Number(double number) {
  constexpr double kExact = 9007199254740992.0;
  if (std::trunc(number) == number && std::fabs(number) <= kExact) return static_cast<std::int64_t>(number);
  return number;
}

}  // namespace

std::string RenderFacetSearch(const search::SearchResult& result, const std::optional<std::string>& query,
                              std::int64_t processing_time_ms) {
  json hits = json::array();
  for (const search::FacetCounts& facet : result.facets) {
    for (const search::FacetValue& value : facet.values)
      hits.push_back({{"value", value.text}, {"count", value.count}});
  }
  json answer = {{"facetHits", std::move(hits)},
                 {"facetQuery", query ? json(*query) : json(nullptr)},
                 {"processingTimeMs", processing_time_ms}};
  if (result.partial) answer["partial"] = true;
  return Text(answer);
}

std::string RenderFacetDistribution(const search::SearchResult& result) {
  json distribution = json::object();
  for (const search::FacetCounts& facet : result.facets) {
    json& counts = distribution[facet.field] = json::object();
    for (const search::FacetValue& value : facet.values) counts[value.text] = value.count;
  }
  return Text(distribution);
}

std::string RenderFacetStats(const search::SearchResult& result) {
  json stats = json::object();
  for (const search::FacetCounts& facet : result.facets) {
    if (facet.range)
      stats[facet.field] = {{"min", Number(facet.range->first)}, {"max", Number(facet.range->second)}};
  }
  return Text(stats);
}

}  // namespace quipu::searchd
