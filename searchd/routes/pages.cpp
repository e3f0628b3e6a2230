// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <algorithm>

#include "core/query/filter_parser.h"
#include "core/text/fold.h"
#include "searchd/json/render_error.h"
#include "searchd/pages/document_page.h"
#include "searchd/pages/html.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/count_query.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/page_answer.h"

namespace quipu::searchd {
namespace {

constexpr std::size_t kMaxChosenValues = 50;

http::Response Html(int status, std::string body, const config::Searchd& searchd) {
  // Only pages that may read the answers may show them in a frame.
  return PageAnswer(status, std::move(body), searchd.allow_origins);
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

void OfferIndexes(const Holdings& holdings, const Grant& grant, PageFrame& page) {
  page.brand = &holdings.brand;
  for (const auto& [uid, index] : holdings.indexes) {
    if (grant.Opens(uid)) page.indexes.push_back({uid, TitleOf(index->settings())});
  }
  if (page.index.empty() && !page.indexes.empty()) page.index = page.indexes.front().uid;
}

/// The language that the address asks for, else the browser's, else the configured one.
void ChooseLanguage(const Holdings& holdings, const http::Request& request, PageFrame& page) {
  page.texts = &TextsFor(request.Header("accept-language"), holdings.config.searchd.page_language);
  for (const auto& [name, value] : request.query) {
    const PageTexts* asked = name == "lang" ? TextsOf(value) : nullptr;
    if (asked == nullptr) continue;
    page.texts = asked;
    page.language = asked->language;
    return;
  }
}

/// What was chosen, without what this index does not count and what is no date: an old link still works.
Refinement ReadRefinement(const http::Request& request, const ParameterValues& values,
                          const config::Index& settings) {
  Refinement refinement;
  for (const auto& [name, value] : request.query) {
    const std::string text = text::ValidUtf8(value);
    const std::size_t colon = text.find(':');
    if (name != "f" || colon == std::string::npos || refinement.facets.size() >= kMaxChosenValues) continue;
    const std::string field = text.substr(0, colon);
    const bool counted =
        std::find(settings.facets.begin(), settings.facets.end(), field) != settings.facets.end();
    if (counted && !refinement.Has(field, text.substr(colon + 1)))
      refinement.facets.emplace_back(field, text.substr(colon + 1));
  }
  const auto date = [&](std::string_view name) {
    std::string text = values.Get<std::string>(name, "");
    return IsDatePrefix(text) ? text : "";
  };
  refinement.from = date("from");
  refinement.to = date("to");
  const std::string sort = values.Get<std::string>("sort", "");
  if (sort == "date:desc" || sort == "date:asc") refinement.sort = sort;
  const std::string more = values.Get<std::string>("more", "");
  if (std::find(settings.facets.begin(), settings.facets.end(), more) != settings.facets.end())
    refinement.more = more;
  refinement.typos = values.Get<std::string>("typos", "auto") == "auto";
  return refinement;
}

Result<search::SearchRequest> BuildSearch(const ResultsPage& page, const Holdings& holdings,
                                          const config::Index& settings) {
  auto filter = query::ParseFilter(FilterOf(page.refinement));
  if (!filter) return filter.error();
  search::SearchRequest search{.q = page.query,
                               .offset = (page.page - 1) * kHitsOnPage,
                               .limit = kHitsOnPage,
                               .passages = 2,
                               .filter = std::move(*filter),
                               .sort_by_any_field = true,
                               .disjunctive_facets = settings.facets,
                               .typos = page.refinement.typos,
                               .deadline_ms = holdings.config.searchd.query_deadline_ms};
  if (!page.refinement.sort.empty()) search.sort = {page.refinement.sort};
  return search;
}

std::string FeedAddress(const ResultsPage& page) {
  const std::string filter = FilterOf(page.refinement);
  return "indexes/" + PercentEncode(page.index) + "/feed?q=" + PercentEncode(page.query) +
         (filter.empty() ? "" : "&filter=" + PercentEncode(filter));
}

http::Response Show(const Holdings& holdings, int status, const ResultsPage& page) {
  return Html(status, RenderResultsPage(page), holdings.config.searchd);
}

http::Response ShowPage(const Services& services, const http::Request& request) {
  const auto holdings = services.catalog.Current();
  const auto problem = [&](ResultsPage& page, int status, std::string_view sentence) {
    page.problem = sentence;
    return Show(*holdings, status, page);
  };
  ResultsPage page;
  ChooseLanguage(*holdings, request, page);
  const auto values = ReadKnown(PageParameters(), request);
  if (!values) {
    OfferIndexes(*holdings, GrantOf(request), page);
    return problem(page, 400,
                   values.error().code == Code::kInvalidSearchQ ? page.texts->too_long : page.texts->too_far);
  }
  page.index = values->Get<std::string>("index", "");
  page.query = values->Get<std::string>("q", "");
  page.page = values->Count("page", 1);
  OfferIndexes(*holdings, GrantOf(request), page);
  const auto index = holdings->Find(page.index, GrantOf(request));
  if (!index) return problem(page, 404, page.texts->unknown_index);
  const auto facts = (*index)->Facts();
  if (!facts) return problem(page, 503, page.texts->not_built);
  page.documents = facts->documents;
  const config::Index& settings = (*index)->settings();
  page.refinement = ReadRefinement(request, *values, settings);
  const bool blank = page.query.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank && !page.refinement.Filters() && page.refinement.sort.empty()) return Show(*holdings, 200, page);
  if (page.page > kMaxWindow / kHitsOnPage) return problem(page, 400, page.texts->too_far);
  const auto search = BuildSearch(page, *holdings, settings);
  if (!search) return problem(page, 400, page.texts->failed);
  const auto result = (*index)->Search(*search);
  if (!result) return problem(page, StatusOf(result.error().code), page.texts->failed);
  CountQuery(services.query_counts, *holdings, request, {page.index, page.query, result->total > 0});
  page.feed = FeedAddress(page);
  page.result = &*result;
  return Show(*holdings, 200, page);
}

http::Response ShowDocument(const Catalog& catalog, const http::Request& request) {
  const auto holdings = catalog.Current();
  DocumentPage page;
  ChooseLanguage(*holdings, request, page);
  const auto values = ReadKnown(ViewParameters(), request);
  page.index = values ? values->Get<std::string>("index", "") : "";
  OfferIndexes(*holdings, GrantOf(request), page);
  const auto index = holdings->Find(page.index, GrantOf(request));
  const auto document = !index    ? Result<schema::Document>(index.error())
                        : !values ? Result<schema::Document>(values.error())
                                  : (*index)->GetDocument(values->Get<std::string>("id", ""), true);
  if (document) {
    page.document = &*document;
    return Html(200, RenderDocumentPage(page), holdings->config.searchd);
  }
  // Whether an index that is not open to the sender is there is nobody's business.
  const int status = index ? StatusOf(document.error().code) : 404;
  page.problem = !index          ? page.texts->unknown_index
                 : status == 503 ? page.texts->not_built
                                 : page.texts->unknown_document;
  return Html(status, RenderDocumentPage(page), holdings->config.searchd);
}

}  // namespace

void AddPageEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const Catalog& catalog = services.catalog;
  const auto show = [services](const http::Request& request) { return ShowPage(services, request); };
  endpoints.push_back({{"GET", "/", http::Cost::kSearch, "The search page.", show},
                       PageParameters(),
                       Answer::kHtml,
                       Access::kPage});
  endpoints.push_back({{"GET", "/search", http::Cost::kSearch, "The results page.", show},
                       PageParameters(),
                       Answer::kHtml,
                       Access::kPage});
  endpoints.push_back(
      {{"GET", "/view", http::Cost::kSearch, "A document's text as the index has it, as a page.",
        [&catalog](const http::Request& request) { return ShowDocument(catalog, request); }},
       ViewParameters(),
       Answer::kHtml,
       Access::kPage});
}

}  // namespace quipu::searchd
