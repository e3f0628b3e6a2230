// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/parse_multi_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "core/search/facet_counts.h"
#include "searchd/parameters/tables.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;

json Parsed(const std::string& text) { return json::parse(text, nullptr, false); }

Status ReadFederatedFacets(const json& given, Federation& federation) {
  const json by_index = given.value("facetsByIndex", json());
  const auto wrong = [](std::string_view what) {
    return Error{Code::kBadRequest, fmt::format("Inside `.federation`: {}", what)};
  };
  constexpr std::string_view kByIndex = "`facetsByIndex` must be an object of arrays of texts.";
  if (!by_index.is_null() && !by_index.is_object()) return wrong(kByIndex);
  for (const auto& [uid, names] : by_index.items()) {
    if (names.is_null()) continue;
    if (!names.is_array()) return wrong(kByIndex);
    for (const json& name : names) {
      if (!name.is_string()) return wrong(kByIndex);
      federation.facets_by_index[uid].push_back(name.get<std::string>());
    }
  }
  const json merge = given.value("mergeFacets", json());
  if (merge.is_null()) return Done{};
  if (!merge.is_object()) return wrong("`mergeFacets` must be an object.");
  const json most = merge.value("maxValuesPerFacet", json(search::kMaxFacetValues));
  if (merge.size() > (merge.contains("maxValuesPerFacet") ? 1U : 0U) || !most.is_number_unsigned())
    return wrong("`mergeFacets` knows `maxValuesPerFacet` only, a whole number.");
  federation.merged_values = std::min(most.get<std::size_t>(), search::kMaxFacetValues);
  return Done{};
}

/// An index of which facets are counted is asked once: counts of two queries would count a document twice.
Status CheckFacets(const MultiSearch& multi) {
  if (!multi.federation) return Done{};
  for (const auto& [uid, names] : multi.federation->facets_by_index) {
    const auto asked =
        std::count_if(multi.queries.begin(), multi.queries.end(),
                      [&uid = uid](const MultiSearchQuery& query) { return query.index_uid == uid; });
    if (asked == 1 || names.empty()) continue;
    if (asked == 0) {
      return Error{Code::kBadRequest,
                   fmt::format("Inside `.federation.facetsByIndex`: no query asks index `{}`.", uid)};
    }
    return Error{
        Code::kFeatureNotEnabled,
        fmt::format("Inside `.federation.facetsByIndex`: several queries ask index `{}`; facets can be "
                    "counted for one query of an index.",
                    uid)};
  }
  return Done{};
}

/// One list has one order.
Status CheckOrder(const MultiSearch& multi) {
  if (!multi.federation || multi.queries.empty()) return Done{};
  const std::vector<std::string>& sort = multi.queries.front().search.request.sort;
  for (std::size_t i = 1; i < multi.queries.size(); ++i) {
    if (multi.queries[i].search.request.sort == sort) continue;
    return InsideQuery(i, {Code::kInvalidSearchSort,
                           "`sort` differs from that of the first query: a federated search has one list, so "
                           "all its queries have the same `sort` or none."});
  }
  return Done{};
}

Result<Federation> ReadFederation(const std::string& text) {
  const json given = Parsed(text);
  if (!given.is_object()) return Error{Code::kBadRequest, "`federation` must be an object."};
  const auto values = ParseBody(FederationParameters(), text);
  if (!values) {
    return Error{values.error().code, fmt::format("Inside `.federation`: {}", values.error().message)};
  }
  Federation federation;
  federation.offset = values->Count("offset", 0);
  federation.limit = values->Count("limit", 20);
  if (federation.offset + federation.limit > static_cast<std::uint32_t>(kMaxWindow)) {
    return Error{
        Code::kBadRequest,
        "Inside `.federation`: `offset` and `limit` together reach past hit 10000; narrow the search "
        "instead."};
  }
  if (Status facets = ReadFederatedFacets(given, federation); !facets) return facets.error();
  return federation;
}

Status ReadOptions(const json& options, bool federated, MultiSearchQuery& query) {
  if (options.is_null()) return Done{};
  if (!federated) return Error{Code::kBadRequest, "`federationOptions` needs `federation` beside `queries`."};
  if (!options.is_object()) return Error{Code::kBadRequest, "`federationOptions` must be an object."};
  const auto values = ParseBody(FederationOptionsParameters(), options.dump());
  if (!values) return values.error();
  query.weight = values->Get("weight", 1.0);
  return Done{};
}

Status CheckFederated(const ParameterValues& values) {
  for (const std::string_view name : {"offset", "limit", "page", "hitsPerPage"}) {
    if (!values.Has(name)) continue;
    return Error{Code::kBadRequest,
                 fmt::format("`{}` belongs into `federation`: a federated search has one list.", name)};
  }
  for (const std::string_view name : {"facets", "disjunctiveFacets"}) {
    // Facets are asked for with `facetsByIndex`.
    if (!values.Has(name) || values.Get(name, std::vector<std::string>()).empty()) continue;
    return Error{Code::kFeatureNotEnabled,
                 fmt::format("`{}` is not supported in a federated search; leave it out.", name)};
  }
  return Done{};
}

Result<MultiSearchQuery> ReadQuery(json given, bool federated) {
  if (!given.is_object()) return Error{Code::kBadRequest, "A query must be an object."};
  MultiSearchQuery query;
  if (!given.contains("indexUid") || !given["indexUid"].is_string())
    return Error{Code::kBadRequest, "`indexUid` is missing or no string."};
  query.index_uid = given["indexUid"].get<std::string>();
  given.erase("indexUid");
  if (given.contains("federationOptions")) {
    const json options = given["federationOptions"];
    given.erase("federationOptions");
    if (Status read = ReadOptions(options, federated, query); !read) return read.error();
  }
  const auto values = ParseBody(SearchParameters(), given.dump());
  if (!values) return values.error();
  if (federated) {
    if (Status window = CheckFederated(*values); !window) return window.error();
  }
  auto search = BuildSearch(*values);
  if (!search) return search.error();
  query.search = std::move(*search);
  return query;
}

}  // namespace

Error InsideQuery(std::size_t number, const Error& error) {
  return {error.code, fmt::format("Inside `.queries[{}]`: {}", number, error.message)};
}

Result<MultiSearch> BuildMultiSearch(const ParameterValues& values) {
  MultiSearch multi;
  if (values.Has("federation")) {
    const auto federation = ReadFederation(values.Get<std::string>("federation", ""));
    if (!federation) return federation.error();
    multi.federation = *federation;
  }
  const json queries = Parsed(values.Get<std::string>("queries", ""));
  if (!queries.is_array()) return Error{Code::kBadRequest, "`queries` must be an array of objects."};
  if (queries.size() > kMaxQueries) {
    return Error{Code::kBadRequest, fmt::format("`queries` has {} elements, at most {} are allowed.",
                                                queries.size(), kMaxQueries)};
  }
  for (std::size_t i = 0; i < queries.size(); ++i) {
    auto query = ReadQuery(queries[i], multi.federation.has_value());
    if (!query) return InsideQuery(i, query.error());
    multi.queries.push_back(std::move(*query));
  }
  if (Status facets = CheckFacets(multi); !facets) return facets.error();
  if (Status order = CheckOrder(multi); !order) return order.error();
  return multi;
}

}  // namespace quipu::searchd
