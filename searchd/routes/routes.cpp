// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {

std::vector<Endpoint> BuildEndpoints(const Services& services) {
  std::vector<Endpoint> endpoints;
  AddOperationEndpoints(services, endpoints);
  AddIndexEndpoints(services, endpoints);
  AddSearchEndpoints(services, endpoints);
  AddMultiSearchEndpoints(services, endpoints);
  AddSimilarEndpoints(services, endpoints);
  AddFeedEndpoints(services, endpoints);
  AddFacetSearchEndpoint(services, endpoints);
  AddSuggestEndpoint(services, endpoints);
  AddDocumentEndpoints(services, endpoints);
  AddPageEndpoints(services, endpoints);
  AddPageFileEndpoints(services, endpoints);
  AddWidgetEndpoints(endpoints);

  // It describes itself as well, so it is rendered when all others and its own line are there.
  const auto body = std::make_shared<std::string>();
  endpoints.push_back(
      {{"GET", "/openapi.json", http::Cost::kCheap, "This description.",
        Checked({}, [body](const http::Request&,
                           const ParameterValues&) { return Result<http::Response>(Json(*body)); })},
       {},
       Answer::kObject,
       Access::kOpen});
  *body = RenderOpenApi(endpoints);
  return endpoints;
}

}  // namespace quipu::searchd
