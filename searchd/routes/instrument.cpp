// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/instrument.h"

#include <fmt/format.h>

#include <map>

#include "searchd/http/content_coding.h"
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

/// What a key opens no shared cache may give to others.
void KeepFromOthers(http::Response& response, const http::Request& request) {
  http::AddVary(response, "Authorization");
  if (request.Header("authorization").empty()) return;
  for (auto& [name, value] : response.headers) {
    if (name == "Cache-Control" && value.starts_with("public")) value = "private, max-age=0, must-revalidate";
  }
}

}  // namespace

http::Route Instrument::OptionsRoute(const std::string& pattern, const std::string& allow) const {
  return {
      "OPTIONS", pattern, http::Cost::kCheap, "", [this, allow](const http::Request& request) {
        http::Response response{.status = 204, .content_type = "", .body = "", .headers = {{"Allow", allow}}};
        AddSecurityHeaders(response);
        AddPreflightHeaders(response, allow);
        AddCrossOriginHeaders(response, request.Header("origin"), *catalog_.Current());
        return response;
      }};
}

void Instrument::Complete(http::Response& response, const http::Request& request, const Holdings& holdings) {
  AddSecurityHeaders(response);
  AddCrossOriginHeaders(response, request.Header("origin"), holdings);
}

http::Handler Instrument::Completed(const Endpoint& endpoint) {
  return [this, access = endpoint.access, handler = endpoint.route.handler](const http::Request& request) {
    const auto holdings = catalog_.Current();
    if (holdings->config.searchd.log_queries) LogQuestion(request);
    http::Response response = handler(request);
    if (holdings->keys && access != Access::kOpen) KeepFromOthers(response, request);
    Complete(response, request, *holdings);
    return response;
  };
}

http::Admission Instrument::Admitted(const Endpoint& endpoint, Gate& gate) const {
  // The gate needs no handler, and the table of endpoints need not stay.
  Endpoint asked = endpoint;
  asked.route.handler = nullptr;
  return [this, &gate, asked = std::move(asked)](http::Request& request) {
    std::optional<http::Response> refusal = gate.Admit(asked, request);
    if (refusal) Complete(*refusal, request, *catalog_.Current());
    return refusal;
  };
}

std::vector<http::Route> Instrument::Wrap(std::span<const Endpoint> endpoints, Gate* gate) {
  std::vector<http::Route> routes;
  std::map<std::string, std::string> methods;
  for (const Endpoint& endpoint : endpoints) {
    http::Route route = endpoint.route;
    metrics_.AddRoute(route.method, route.pattern);
    methods[route.pattern] += route.method == "GET" ? "GET, HEAD, " : route.method + ", ";
    route.handler = Completed(endpoint);
    if (gate != nullptr) route.admit = Admitted(endpoint, *gate);
    routes.push_back(std::move(route));
  }
  for (const auto& [pattern, allowed] : methods) routes.push_back(OptionsRoute(pattern, allowed + "OPTIONS"));
  return routes;
}

http::Response Instrument::Refuse(int status, const Error& error, std::string_view origin) const {
  http::Response response = RenderError(status, error);
  AddSecurityHeaders(response);
  AddCrossOriginHeaders(response, origin, *catalog_.Current());
  return response;
}

http::Hooks Instrument::MakeHooks() {
  return {.on_answer =
              [this](const http::AccessRecord& record) {
                metrics_.Observe(record.method, record.pattern, record.status, record.duration_us);
                if (record.overload) {
                  refused_.fetch_add(1, std::memory_order_relaxed);
                } else {
                  LogAnswer(record);
                }
              },
          .on_exception =
              [this](const http::Request& request, std::string_view what) {
                log_.Fail("a request failed", {{"request", request.id}, {"fault", what}});
              }};
}

void Instrument::TellRefusals() {
  if (const std::uint64_t refused = refused_.exchange(0); refused > 0)
    log_.Warn("searches refused: too many wait", {{"count", refused}});
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
