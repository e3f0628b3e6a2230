// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/instrument.h"

#include <fmt/format.h>

#include <map>

#include "searchd/json/render_error.h"
#include "searchd/routes/cross_origin.h"

namespace quipu::searchd {
namespace {

constexpr std::int64_t kUsPerMs = 1000;

void AddSecurityHeaders(http::Response& response) {
  response.headers.emplace_back("X-Content-Type-Options", "nosniff");
  // A click on a hit must not tell its site what was searched for.
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
}

}  // namespace

http::Route Instrument::OptionsRoute(const std::string& pattern, const std::string& allow) const {
  return {
      "OPTIONS", pattern, http::Cost::kCheap, "", [this, allow](const http::Request& request) {
        http::Response response{.status = 204, .content_type = "", .body = "", .headers = {{"Allow", allow}}};
        AddSecurityHeaders(response);
        AddPreflightHeaders(response, allow);
        AddCrossOriginHeaders(response, request, catalog_.Current()->config.searchd);
        return response;
      }};
}

std::vector<http::Route> Instrument::Wrap(std::span<const Endpoint> endpoints) {
  std::vector<http::Route> routes;
  std::map<std::string, std::string> methods;
  for (const Endpoint& endpoint : endpoints) {
    http::Route route = endpoint.route;
    metrics_.AddRoute(route.method, route.pattern);
    methods[route.pattern] += route.method == "GET" ? "GET, HEAD, " : route.method + ", ";
    route.handler = [this, handler = endpoint.route.handler](const http::Request& request) {
      const auto holdings = catalog_.Current();
      if (holdings->config.searchd.log_queries) LogQuestion(request);
      http::Response response = handler(request);
      AddSecurityHeaders(response);
      AddCrossOriginHeaders(response, request, holdings->config.searchd);
      return response;
    };
    routes.push_back(std::move(route));
  }
  for (const auto& [pattern, allowed] : methods) routes.push_back(OptionsRoute(pattern, allowed + "OPTIONS"));
  return routes;
}

http::Response Instrument::Refuse(int status, const Error& error) {
  http::Response response = RenderError(status, error);
  AddSecurityHeaders(response);
  return response;
}

http::Hooks Instrument::MakeHooks() {
  return {.on_answer =
              [this](const http::AccessRecord& record) {
                metrics_.Observe(record.method, record.pattern, record.status, record.duration_us);
                LogAnswer(record);
              },
          .on_exception =
              [this](const http::Request& request, std::string_view what) {
                log_.Fail("a request failed", {{"request", request.id}, {"fault", what}});
              }};
}

void Instrument::LogQuestion(const http::Request& request) const {
  constexpr std::size_t kLoggedBytes = 2048;
  std::string asked;
  for (const auto& [name, value] : request.query)
    asked += fmt::format("{}{}={}", asked.empty() ? "" : "&", name, value);
  if (asked.empty()) asked = request.body;
  log_.Info("question", {{"request", request.id},
                         {"path", request.path},
                         {"address", request.remote_address},
                         {"asked", asked.substr(0, kLoggedBytes)}});
}

void Instrument::LogAnswer(const http::AccessRecord& record) const {
  const std::int64_t slow_us = catalog_.Current()->config.searchd.slow_query_ms * kUsPerMs;
  const bool slow = slow_us > 0 && record.duration_us > slow_us;
  log_.Write(slow ? LogLevel::kWarn : LogLevel::kInfo, slow ? "slow request" : "request",
             {{"request", record.id},
              {"method", record.method},
              {"route", record.pattern},
              {"status", record.status},
              {"us", record.duration_us},
              {"queued_us", record.queue_wait_us},
              {"bytes", record.answer_bytes}});
}

}  // namespace quipu::searchd
