// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <algorithm>

#include "searchd/json/render_error.h"
#include "searchd/pages/document_page.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'";

http::Response Html(int status, std::string body) {
  http::Response response{
      .status = status, .content_type = "text/html; charset=utf-8", .body = std::move(body), .headers = {}};
  response.headers = {{"Content-Security-Policy", std::string(kPolicy)},
                      {"X-Frame-Options", "DENY"},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Language"}};
  return response;
}

/// The request's parameters, without those that this page does not know.
Result<ParameterValues> ReadKnown(std::span<const Parameter> table, const http::Request& request) {
  QueryPairs known;
  for (const auto& [name, value] : request.query) {
    const auto same_name = [&name = name](const auto& given) { return given.first == name; };
    const bool is_known = std::any_of(table.begin(), table.end(), [&name = name](const Parameter& parameter) {
      return parameter.name == name;
    });
    // A repeated name is somebody's careless link; the first one counts.
    if (is_known && std::none_of(known.begin(), known.end(), same_name)) known.emplace_back(name, value);
  }
  return ParseQuery(table, known);
}

void OfferIndexes(const Holdings& holdings, PageFrame& page) {
  for (const auto& [uid, index] : holdings.indexes) page.indexes.push_back({uid, TitleOf(index->settings())});
  if (page.index.empty() && !page.indexes.empty()) page.index = page.indexes.front().uid;
}

http::Response Problem(ResultsPage& page, int status, std::string_view sentence) {
  page.problem = sentence;
  return Html(status, RenderResultsPage(page));
}

http::Response ShowPage(const Catalog& catalog, const http::Request& request) {
  const auto holdings = catalog.Current();
  ResultsPage page;
  page.texts = &TextsFor(request.Header("accept-language"));
  const auto values = ReadKnown(PageParameters(), request);
  if (!values) {
    OfferIndexes(*holdings, page);
    return Problem(page, 400,
                   values.error().code == Code::kInvalidSearchQ ? page.texts->too_long : page.texts->too_far);
  }
  page.index = values->Get<std::string>("index", "");
  page.query = values->Get<std::string>("q", "");
  page.page = values->Count("page", 1);
  OfferIndexes(*holdings, page);
  const auto index = holdings->Find(page.index);
  if (!index) return Problem(page, 404, page.texts->unknown_index);
  const auto facts = (*index)->Facts();
  if (!facts) return Problem(page, 503, page.texts->not_built);
  page.documents = facts->documents;
  if (page.query.find_first_not_of(" \t\r\n") == std::string::npos) return Html(200, RenderResultsPage(page));
  if (page.page > kMaxWindow / kHitsOnPage) return Problem(page, 400, page.texts->too_far);

  const search::SearchRequest search{.q = page.query,
                                     .offset = (page.page - 1) * kHitsOnPage,
                                     .limit = kHitsOnPage,
                                     .passages = 2,
                                     .typos = values->Get<std::string>("typos", "auto") == "auto",
                                     .deadline_ms = holdings->config.searchd.query_deadline_ms};
  const auto result = (*index)->Search(search);
  if (!result) return Problem(page, StatusOf(result.error().code), page.texts->failed);
  page.result = &*result;
  return Html(200, RenderResultsPage(page));
}

http::Response ShowDocument(const Catalog& catalog, const http::Request& request) {
  const auto holdings = catalog.Current();
  DocumentPage page;
  page.texts = &TextsFor(request.Header("accept-language"));
  const auto values = ReadKnown(ViewParameters(), request);
  page.index = values ? values->Get<std::string>("index", "") : "";
  OfferIndexes(*holdings, page);
  const auto index = holdings->Find(page.index);
  const auto document = !index    ? Result<schema::Document>(index.error())
                        : !values ? Result<schema::Document>(values.error())
                                  : (*index)->GetDocument(values->Get<std::string>("id", ""), true);
  if (document) {
    page.document = &*document;
    return Html(200, RenderDocumentPage(page));
  }
  const int status = StatusOf(document.error().code);
  page.problem = status == 503                                   ? page.texts->not_built
                 : document.error().code == Code::kIndexNotFound ? page.texts->unknown_index
                                                                 : page.texts->unknown_document;
  return Html(status, RenderDocumentPage(page));
}

}  // namespace

void AddPageEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const Catalog& catalog = services.catalog;
  const auto show = [&catalog](const http::Request& request) { return ShowPage(catalog, request); };
  endpoints.push_back(
      {{"GET", "/", http::Cost::kSearch, "The search page.", show}, PageParameters(), Answer::kHtml});
  endpoints.push_back(
      {{"GET", "/search", http::Cost::kSearch, "The results page.", show}, PageParameters(), Answer::kHtml});
  endpoints.push_back(
      {{"GET", "/view", http::Cost::kSearch, "A document's text as the index has it, as a page.",
        [&catalog](const http::Request& request) { return ShowDocument(catalog, request); }},
       ViewParameters(),
       Answer::kHtml});
}

}  // namespace quipu::searchd
