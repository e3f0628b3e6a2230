// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>

#include "core/query/filter_ast.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/json/render_search_result.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"

namespace quipu::searchd {
namespace {

std::int64_t MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start)
      .count();
}

Result<http::Response> Search(const Catalog& catalog, const http::Request& request,
                              const ParameterValues& values) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  Result<SearchParameterSet> search = BuildSearch(values);
  if (!search) return search.error();
  search->request.deadline_ms = holdings->config.searchd.query_deadline_ms;

  std::string tag;
  // Where the answer changes with the clock, no state of the index names it.
  if (request.method == "GET" && !query::UsesClock(search->request.filter)) {
    // The state is asked before the search: if a commit falls between, the tag is too old, never too new.
    const auto facts = (*index)->State();
    if (!facts) return facts.error();
    tag = EntityTag(*facts, request, (*index)->AidsTag());
    if (NamesTag(request.Header("if-none-match"), tag)) return NotModified(tag);
  }
  const auto result = (*index)->Search(search->request);
  if (!result) return result.error();
  http::Response response = Json(RenderSearchResult(*search, *result, MillisecondsSince(start)));
  if (tag.empty() || result->partial) {
    response.headers.emplace_back("Cache-Control", "no-store");
  } else {
    AddCacheHeaders(response, tag);
  }
  return response;
}

}  // namespace

void AddSearchEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const auto handler =
      Checked(SearchParameters(), [&catalog = services.catalog](const auto& request, const auto& values) {
        return Search(catalog, request, values);
      });
  endpoints.push_back({{"GET", "/indexes/{uid}/search", http::Cost::kSearch, "Searches an index.", handler},
                       SearchParameters(),
                       Answer::kSearch});
  endpoints.push_back({{"POST", "/indexes/{uid}/search", http::Cost::kSearch,
                        "Searches an index; the parameters are a JSON object.", handler},
                       SearchParameters(),
                       Answer::kSearch});
}

}  // namespace quipu::searchd
