// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/cross_origin.h"

#include <algorithm>

#include "searchd/http/content_coding.h"

namespace quipu::searchd {
namespace {

constexpr std::string_view kAllowOrigin = "Access-Control-Allow-Origin";

}  // namespace

void AddCrossOriginHeaders(http::Response& response, std::string_view origin, const Holdings& holdings) {
  const auto any_page = [](const auto& header) { return header.first == kAllowOrigin; };
  // The widget's files are for every page; what they may ask is not.
  if (std::any_of(response.headers.begin(), response.headers.end(), any_page)) return;
  if (!holdings.HasOrigins()) return;
  // Whatever the origin, a cache must not give this answer to a page of another.
  http::AddVary(response, "Origin");
  if (origin.empty() || !holdings.AllowsOrigin(origin)) return;
  response.headers.emplace_back(kAllowOrigin, origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", "ETag, Retry-After");
}

void AddPreflightHeaders(http::Response& response, const std::string& methods) {
  response.headers.emplace_back("Access-Control-Allow-Methods", methods);
  // The last is what Meilisearch's clients name themselves in.
  response.headers.emplace_back("Access-Control-Allow-Headers",
                                "Authorization, Content-Type, X-Meilisearch-Client");
  response.headers.emplace_back("Access-Control-Max-Age", "7200");
}

}  // namespace quipu::searchd
