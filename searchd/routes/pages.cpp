// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "searchd/json/render_error.h"
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
Result<ParameterValues> ReadKnown(const http::Request& request) {
  QueryPairs known;
  for (const auto& [name, value] : request.query) {
    const auto same_name = [&name = name](const auto& given) { return given.first == name; };
    const bool is_known =
        std::any_of(PageParameters().begin(), PageParameters().end(),
                    [&name = name](const Parameter& parameter) { return parameter.name == name; });
    // A repeated name is somebody's careless link; the first one counts.
    if (is_known && std::none_of(known.begin(), known.end(), same_name)) known.emplace_back(name, value);
  }
  return ParseQuery(PageParameters(), known);
}

void OfferIndexes(const Holdings& holdings, ResultsPage& page) {
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
  const auto values = ReadKnown(request);
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
                                     .deadline_ms = holdings->config.searchd.query_deadline_ms};
  const auto result = (*index)->Search(search);
  if (!result) return Problem(page, StatusOf(result.error().code), page.texts->failed);
  page.result = &*result;
  return Html(200, RenderResultsPage(page));
}

/// "https://example.org" as the client sees this server, or "" if its Host header is no plain host and port.
std::string BaseAddress(const http::Request& request) {
  const std::string_view host = request.Header("host");
  const bool plain =
      !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '.' || c == '-' || c == ':' || c == '[' || c == ']' || c == '_';
      });
  if (!plain) return "";
  return fmt::format("{}://{}", request.Header("x-forwarded-proto") == "https" ? "https" : "http", host);
}

Result<http::Response> OpenSearch(const Catalog& catalog, const http::Request& request,
                                  const ParameterValues& values) {
  const auto holdings = catalog.Current();
  std::string uid = values.Get<std::string>("index", "");
  if (uid.empty() && !holdings->indexes.empty()) uid = holdings->indexes.begin()->first;
  const auto index = holdings->Find(uid);
  if (!index) return index.error();
  const std::string base = BaseAddress(request);
  if (base.empty()) return Error{Code::kBadRequest, "The Host header is not a host name."};
  http::Response response;
  response.content_type = "application/opensearchdescription+xml; charset=utf-8";
  response.body = RenderOpenSearch({uid, TitleOf((*index)->settings())}, base);
  // It names the host that this client used, which is nobody else's business.
  response.headers.emplace_back("Cache-Control", "private, max-age=3600");
  return response;
}

http::Handler Constant(std::string_view type, std::string_view body, std::string_view cache) {
  return [type, body, cache](const http::Request&) {
    http::Response response;
    response.content_type = type;
    response.body = body;
    response.headers.emplace_back("Cache-Control", cache);
    return response;
  };
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
      {{"GET", "/opensearch.xml", http::Cost::kCheap, "Lets a browser add an index to its search boxes.",
        Checked(OpenSearchParameters(),
                [&catalog](const auto& request, const auto& values) {
                  return OpenSearch(catalog, request, values);
                })},
       OpenSearchParameters(),
       Answer::kXml});
  endpoints.push_back({{"GET", "/docs/errors.md", http::Cost::kCheap, "What each error code means.",
                        Constant("text/plain; charset=utf-8", ErrorsPage(), "public, max-age=3600")},
                       {},
                       Answer::kText});
  // The name of the style sheet changes with its content.
  endpoints.push_back(
      {{"GET", "/style.css", http::Cost::kCheap, "The page's style sheet.",
        Constant("text/css; charset=utf-8", StyleSheet(), "public, max-age=31536000, immutable")},
       {},
       Answer::kCss});
  endpoints.push_back({{"GET", "/icon.svg", http::Cost::kCheap, "The page's icon.",
                        Constant("image/svg+xml", Icon(), "public, max-age=86400")},
                       {},
                       Answer::kSvg});
}

}  // namespace quipu::searchd
