// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/assets.h"
#include "searchd/pages/opensearch.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/base_address.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {
namespace {

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

void AddPageFileEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  const Catalog& catalog = services.catalog;
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
