// SPDX-License-Identifier: GPL-2.0-or-later
#include <chrono>
#include <utility>

#include "core/query/filter_ast.h"
#include "searchd/json/parse_filter.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/json/render_search_result.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"

namespace quipu::searchd {
namespace {

using Names = std::vector<std::string>;

Result<search::SimilarRequest> BuildSimilar(const ParameterValues& values, const FieldSelection& fields) {
  search::SimilarRequest request;
  request.id = values.Get<std::string>("id", "");
  if (request.id.empty()) return Error{Code::kBadRequest, "`id` is missing: the document to compare with."};
  request.offset = values.Count("offset", 0);
  request.limit = values.Count("limit", 20);
  if (request.offset + request.limit > static_cast<std::uint32_t>(kMaxWindow))
    return Error{Code::kBadRequest, "`offset` and `limit` together reach past hit 10000."};
  Result<query::FilterNode> filter = ReadFilter(values.Get<std::string>("filter", ""));
  if (!filter) return filter.error();
  request.filter = std::move(filter).value();
  request.score_threshold = values.Get("rankingScoreThreshold", 0.0);
  request.fold_duplicates = values.Get<std::string>("duplicates", "fold") == "fold";
  request.with_body = fields.with_body();
  return request;
}

Result<http::Response> Similar(const Catalog& catalog, const http::Request& request,
                               const ParameterValues& values) {
  const auto start = std::chrono::steady_clock::now();
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  SearchParameterSet shown;
  shown.fields = FieldSelection(values.Get("attributesToRetrieve", Names{"*"}));
  auto similar = BuildSimilar(values, shown.fields);
  if (!similar) return similar.error();
  similar->deadline_ms = holdings->config.searchd.query_deadline_ms;
  shown.request.passages = 0;
  shown.request.offset = similar->offset;
  shown.request.limit = similar->limit;
  shown.show_ranking_score = values.Get("showRankingScore", false);

  std::string tag;
  if (request.method == "GET" && !query::UsesClock(similar->filter)) {
    const auto facts = (*index)->State();
    if (!facts) return facts.error();
    tag = EntityTag(*facts, request);
    if (NamesTag(request.Header("if-none-match"), tag)) return NotModified(tag);
  }
  const auto result = (*index)->Similar(*similar);
  if (!result) return result.error();
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start).count();
  http::Response response = Json(RenderSimilar(similar->id, shown, *result, ms));
  if (tag.empty() || result->partial) {
    response.headers.emplace_back("Cache-Control", "no-store");
  } else {
    AddCacheHeaders(response, tag);
  }
  return response;
}

}  // namespace

void AddSimilarEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const auto handler =
      Checked(SimilarParameters(), [&catalog = services.catalog](const auto& request, const auto& values) {
        return Similar(catalog, request, values);
      });
  endpoints.push_back({{"GET", "/indexes/{uid}/similar", http::Cost::kSearch,
                        "Documents like one of the index, by its best words.", handler},
                       SimilarParameters(),
                       Answer::kObject});
  endpoints.push_back({{"POST", "/indexes/{uid}/similar", http::Cost::kSearch,
                        "The same; the parameters are a JSON object.", handler},
                       SimilarParameters(),
                       Answer::kObject});
}

}  // namespace quipu::searchd
