// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/base/log.h"
#include "searchd/catalog.h"
#include "searchd/http/event_server.h"
#include "searchd/http/message.h"
#include "searchd/keys/grant.h"
#include "searchd/metrics/metrics.h"
#include "searchd/metrics/query_counts.h"
#include "searchd/parameters/parameter.h"

namespace quipu::searchd {

/// What an answer looks like, for /openapi.json.
enum class Answer {
  kHealth,
  kVersion,
  kIndex,
  kIndexList,
  kStats,
  kSearch,
  kFacetSearch,
  kSuggestions,
  kDocument,
  kDocumentList,
  kObject,
  kText,
  kHtml,
  kXml,
  kAtom,
  kCss,
  kSvg,
  kScript,
  kImage
};

/// Who is answered on the public address, once there are keys. With them or without, all but kOpen count
/// against `searchd.rate_limit`.
enum class Access {
  kOpen,      // everybody: tells nothing of documents
  kKey,       // who sends a key
  kPage,      // likewise; without one, as if with `searchd.page_key`: browsers send none
  kOperator,  // who sends a key for all indexes without a filter
};

/// A line of the table of endpoints: what is routed, and what documents it.
struct Endpoint {
  http::Route route;
  std::span<const Parameter> parameters;  // of the query string; of the JSON body for POST
  Answer answer = Answer::kObject;
  Access access = Access::kKey;
  bool on_admin = false;  // served by the admin listener as well, there to everybody
};

/// What handlers work with. Everything outlives the servers.
struct Services {
  const Catalog& catalog;
  Metrics& metrics;
  QueryCounts& query_counts;
  std::function<http::ServerCounts()> server_counts;
  std::function<std::uint64_t()> reloads;  // how often a new state of an index was taken up
};

/// Every endpoint, in the order in which the documentation lists them.
std::vector<Endpoint> BuildEndpoints(const Services& services);

void AddOperationEndpoints(const Services& services, std::vector<Endpoint>& endpoints);  // health … metrics
void AddIndexEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddSearchEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddMultiSearchEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddSimilarEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddFeedEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddFacetSearchEndpoint(const Services& services, std::vector<Endpoint>& endpoints);
void AddSuggestEndpoint(const Services& services, std::vector<Endpoint>& endpoints);
void AddDocumentEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddPageEndpoints(const Services& services, std::vector<Endpoint>& endpoints);
void AddPageFileEndpoints(const Services& services, std::vector<Endpoint>& endpoints);  // style, icon, …
void AddWidgetEndpoints(std::vector<Endpoint>& endpoints);                              // embed.js

/// The page of the admin listener, which only that serves.
void AddStatusEndpoint(const Services& services, std::vector<Endpoint>& endpoints);

/// OpenAPI 3.1 of `endpoints`.
std::string RenderOpenApi(std::span<const Endpoint> endpoints);

/// A handler of a checked request: the query string or body was read by the endpoint's table.
using CheckedHandler = std::function<Result<http::Response>(const http::Request&, const ParameterValues&)>;

/// Reads the parameters, calls `handler`, renders its error. POST takes them from the JSON body and must be
/// `application/json`; its query string must be empty.
http::Handler Checked(std::span<const Parameter> table, CheckedHandler handler);

/// A JSON answer with status 200.
http::Response Json(std::string body);

}  // namespace quipu::searchd
