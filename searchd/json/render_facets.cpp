// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_facets.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "core/text/fold.h"

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

std::vector<search::FacetCounts> MergeFacets(
    const std::vector<std::pair<std::string, std::vector<search::FacetCounts>>>& by_index, std::size_t most) {
  std::map<std::string, search::FacetCounts> merged;
  for (const auto& [index_uid, facets] : by_index) {
    for (const search::FacetCounts& facet : facets) {
      search::FacetCounts& sum = merged[facet.field];
      sum.field = facet.field;
      for (const search::FacetValue& value : facet.values) {
        const auto same = std::find_if(sum.values.begin(), sum.values.end(), [&](const auto& known) {
          return text::Fold(known.text) == text::Fold(value.text);
        });
        if (same == sum.values.end()) {
          sum.values.push_back(value);
        } else {
          same->count += value.count;
        }
      }
      if (!facet.range) continue;
      if (!sum.range) sum.range = facet.range;
      sum.range->first = std::min(sum.range->first, facet.range->first);
      sum.range->second = std::max(sum.range->second, facet.range->second);
    }
  }
  std::vector<search::FacetCounts> facets;
  for (auto& [field, counts] : merged) {
    std::sort(counts.values.begin(), counts.values.end(), [](const auto& a, const auto& b) {
      return a.count != b.count ? a.count > b.count : a.text < b.text;
    });
    counts.values.resize(std::min(counts.values.size(), most));
    facets.push_back(std::move(counts));
  }
  return facets;
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
