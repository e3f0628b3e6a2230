// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/render_error.h"
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
  const Grant& grant = GrantOf(request);
  for (const auto& [name, served] : holdings->indexes) {
    if (uid.empty() && grant.Opens(name)) uid = name;
  }
  const auto index = holdings->Find(uid, grant);
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

http::Response Style(const Catalog& catalog) {
  http::Response response;
  response.content_type = "text/css; charset=utf-8";
  response.body = std::string(StyleSheet()) + catalog.Current()->brand.style;
  // The address of the style sheet changes with its content.
  response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

http::Response Logo(const Catalog& catalog) {
  const auto holdings = catalog.Current();
  if (holdings->brand.logo.empty())
    return RenderError({Code::kNotFound, "No picture is configured (`searchd.page_logo`)."});
  http::Response response;
  response.content_type = holdings->brand.logo_type;
  response.body = holdings->brand.logo;
  response.headers = {{"Cache-Control", "public, max-age=3600"},
                      // An SVG that is opened by itself must not run what may be in it.
                      {"Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"}};
  return response;
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
       Answer::kXml,
       Access::kPage});
  endpoints.push_back({{"GET", "/docs/errors.md", http::Cost::kCheap, "What each error code means.",
                        Constant("text/plain; charset=utf-8", ErrorsPage(), "public, max-age=3600")},
                       {},
                       Answer::kText,
                       Access::kOpen});
  endpoints.push_back({{"GET", "/style.css", http::Cost::kCheap, "The page's style sheet.",
                        [&catalog](const http::Request&) { return Style(catalog); }},
                       {},
                       Answer::kCss,
                       Access::kOpen,
                       true});
  endpoints.push_back({{"GET", "/logo", http::Cost::kCheap, "The picture beside the page's title.",
                        [&catalog](const http::Request&) { return Logo(catalog); }},
                       {},
                       Answer::kImage,
                       Access::kOpen});
  endpoints.push_back({{"GET", "/icon.svg", http::Cost::kCheap, "The page's icon.",
                        Constant("image/svg+xml", Icon(), "public, max-age=86400")},
                       {},
                       Answer::kSvg,
                       Access::kOpen,
                       true});
}

}  // namespace quipu::searchd
