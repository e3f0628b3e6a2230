// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/page_answer.h"

#include <string_view>
#include <utility>

namespace quipu::searchd {
namespace {

constexpr std::string_view kPolicy =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors ";

}  // namespace

http::Response PageAnswer(int status, std::string html, const std::vector<std::string>& framing_origins) {
  std::string origins;
  for (const std::string& origin : framing_origins) origins += (origins.empty() ? "" : " ") + origin;
  if (origins.empty()) origins = "'none'";
  http::Response response{
      .status = status, .content_type = "text/html; charset=utf-8", .body = std::move(html), .headers = {}};
  response.headers = {{"Content-Security-Policy", std::string(kPolicy) + origins},
                      {"Cache-Control", "no-cache"},
                      {"Vary", "Accept-Language"}};
  if (framing_origins.empty()) response.headers.emplace_back("X-Frame-Options", "DENY");
  return response;
}

}  // namespace quipu::searchd
