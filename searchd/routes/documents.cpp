// SPDX-License-Identifier: GPL-2.0-or-later
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

/// Whether the client has this state already; in any case `tag` names it.
Result<bool> Unchanged(const GrantedIndex& index, const http::Request& request, std::string& tag) {
  const auto facts = index.State();
  if (!facts) return facts.error();
  tag = EntityTag(*facts, request);
  return NamesTag(request.Header("if-none-match"), tag);
}

Result<http::Response> GetDocument(const Catalog& catalog, const http::Request& request,
                                   const ParameterValues& values) {
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  std::string tag;
  const auto unchanged = Unchanged(**index, request, tag);
  if (!unchanged) return unchanged.error();
  if (*unchanged) return NotModified(tag);
  const FieldSelection fields(values.Get("fields", Names{"*", "body"}));
  const auto document = (*index)->GetDocument(request.path_args.at(1), fields.with_body());
  if (!document) return document.error();
  http::Response response = Json(RenderDocument(*document, fields));
  AddCacheHeaders(response, tag);
  return response;
}

/// Which documents to list. With `ids` those alone, whatever their order there.
Result<search::SearchRequest> ReadList(const ParameterValues& values) {
  search::SearchRequest list;
  list.offset = values.Count("offset", 0);
  list.limit = values.Count("limit", 20);
  if (list.offset + list.limit > kMaxWindow) {
    return Error{Code::kBadRequest, "`offset` and `limit` together reach past document 10000."};
  }
  Result<query::FilterNode> filter = ReadFilter(values.Get<std::string>("filter", ""));
  if (!filter) return filter.error();
  const Names ids = values.Get("ids", Names());
  if (!ids.empty()) {
    query::FilterNode named{
        .kind = query::FilterKind::kOneOf, .children = {}, .field = "id", .values = {}, .place = {}};
    for (const std::string& id : ids) named.values.push_back({id, {1, "ids"}});
    filter = query::AllOf({std::move(filter).value(), std::move(named)});
  }
  list.filter = std::move(filter).value();
  list.sort = values.Get("sort", Names());
  list.passages = 0;
  return list;
}

Result<http::Response> ListDocuments(const Catalog& catalog, const http::Request& request,
                                     const ParameterValues& values) {
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  Result<search::SearchRequest> list = ReadList(values);
  if (!list) return list.error();
  const bool cacheable = request.method != "POST" && !query::UsesClock(list->filter);
  std::string tag;
  const auto unchanged = Unchanged(**index, request, tag);
  if (!unchanged) return unchanged.error();
  if (*unchanged && cacheable) return NotModified(tag);
  const FieldSelection fields(values.Get("fields", Names{"*"}));
  list->with_body = fields.with_body();
  list->deadline_ms = holdings->config.searchd.query_deadline_ms;
  const auto result = (*index)->Search(*list);
  if (!result) return result.error();
  http::Response response = Json(RenderDocumentList(*result, fields, list->offset, list->limit));
  if (!cacheable || result->partial) {
    response.headers.emplace_back("Cache-Control", "no-store");
  } else {
    AddCacheHeaders(response, tag);
  }
  return response;
}

}  // namespace

void AddDocumentEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const auto list = Checked(DocumentListParameters(),
                            [&catalog = services.catalog](const auto& request, const auto& values) {
                              return ListDocuments(catalog, request, values);
                            });
  endpoints.push_back(
      {{"GET", "/indexes/{uid}/documents", http::Cost::kSearch, "A page of the index's documents.", list},
       DocumentListParameters(),
       Answer::kDocumentList});
  endpoints.push_back({{"POST", "/indexes/{uid}/documents/fetch", http::Cost::kSearch,
                        "The same; the parameters are a JSON object.", list},
                       DocumentListParameters(),
                       Answer::kDocumentList});
  endpoints.push_back({{"GET", "/indexes/{uid}/documents/{id}", http::Cost::kSearch,
                        "One stored document; a slash in its id is written %2F.",
                        Checked(DocumentParameters(),
                                [&catalog = services.catalog](const auto& request, const auto& values) {
                                  return GetDocument(catalog, request, values);
                                })},
                       DocumentParameters(),
                       Answer::kDocument});
}

}  // namespace quipu::searchd
