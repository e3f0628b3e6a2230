// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "core/search/search_field.h"
#include "core/text/fold.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/json/render_facets.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

Status CheckFacet(const std::string& name, const std::vector<std::string>& facets) {
  if (std::find(facets.begin(), facets.end(), name) != facets.end()) return Done{};
  return Error{
      Code::kInvalidFacetSearchFacetName,
      fmt::format("`{}` is not a facet of this index. {}", text::ValidUtf8(name.substr(0, 64)),
                  facets.empty() ? std::string("It has none; name them as `facets` in its configuration.")
                                 : fmt::format("Its facets are {}.", search::QuotedNames(facets)))};
}

Result<http::Response> SearchFacet(const Catalog& catalog, const http::Request& request,
                                   const ParameterValues& values) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  if (!values.Has("facetName")) {
    return Error{Code::kMissingFacetSearchFacetName, "`facetName` is missing: name the facet to look in."};
  }
  const auto name = values.Get<std::string>("facetName", "");
  if (Status known = CheckFacet(name, (*index)->settings().facets); !known) return known.error();
  Result<SearchParameterSet> search = BuildSearch(values);
  if (!search) return search.error();

  search::SearchRequest& counted = search->request;
  counted.facets = {name};
  counted.facet_query = values.Get<std::string>("facetQuery", "");
  // The rest of a search says how hits are shown, and none are.
  counted.disjunctive_facets.clear();
  counted.sort.clear();
  counted.distinct.clear();
  counted.offset = counted.limit = counted.passages = 0;
  counted.with_body = false;
  counted.deadline_ms = holdings->config.searchd.query_deadline_ms;
  const auto result = (*index)->Search(counted);
  if (!result) return result.error();
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  const bool asked = values.Has("facetQuery");
  http::Response response =
      Json(RenderFacetSearch(*result, asked ? counted.facet_query : std::nullopt, ms.count()));
  response.headers.emplace_back("Cache-Control", "no-store");
  return response;
}

}  // namespace

void AddFacetSearchEndpoint(const Services& services, std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{"POST", "/indexes/{uid}/facet-search", http::Cost::kSearch,
                        "Values of a facet that contain a text, with their counts.",
                        Checked(FacetSearchParameters(),
                                [&catalog = services.catalog](const auto& request, const auto& values) {
                                  return SearchFacet(catalog, request, values);
                                })},
                       FacetSearchParameters(),
                       Answer::kFacetSearch});
}

}  // namespace quipu::searchd
