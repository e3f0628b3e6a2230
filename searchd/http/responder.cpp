// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/responder.h"

#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <exception>
#include <random>

#include "searchd/http/content_coding.h"
#include "searchd/http/target.h"

namespace quipu::http {
namespace {

constexpr std::int64_t kNsPerUs = 1000;

/// cpp-httplib knows these methods only; what else is answered (405) is answered as to GET.
std::string_view MethodForExchange(std::string_view method) { return method == "HEAD" ? "HEAD" : "GET"; }

void CopyHeaders(const RequestHead& head, std::map<std::string, std::string>& headers) {
  for (const HeaderLine& header : head.headers) {
    std::string name(header.name);
    for (char& c : name) {
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    auto [at, fresh] = headers.try_emplace(std::move(name), header.value);
    if (!fresh) at->second.append(", ").append(header.value);
  }
}

std::string RandomPrefix() {
  std::random_device device;
  char text[16];
  std::snprintf(text, sizeof text, "%08" PRIx32, static_cast<std::uint32_t>(device()));
  return text;
}

}  // namespace

std::int64_t NowNs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

ResponderSetup::ResponderSetup(std::vector<Route> table, ErrorRenderer render, Hooks callbacks, bool over_tls)
    : routes(std::move(table)),
      render_error(std::move(render)),
      hooks(std::move(callbacks)),
      secure(over_tls),
      id_prefix(RandomPrefix()) {}

Plan Responder::MakePlan(const RequestHead& head) const {
  Plan plan;
  plan.arrived_ns = NowNs();
  plan.last = !head.keep_alive;
  if (const auto target = SplitTarget(head.target)) {
    plan.path = target->path;
    plan.query = target->query;
    plan.outcome = setup_.routes.Find(head.method, target->path);
  } else if (head.target == "*") {
    plan.outcome = NoRoute{{404, {Code::kNotFound, "There is nothing at this address."}}, {}};
  } else {
    plan.outcome = NoRoute{{400, {Code::kBadRequest, "The request target must be a path."}}, {}};
  }
  return plan;
}

void Responder::Answer(const RequestHead& head, std::string_view body, const Plan& plan,
                       std::string_view remote, std::int64_t started_ns, std::string& out) {
  const std::size_t before = out.size();
  const auto* match = std::get_if<RouteMatch>(&plan.outcome);
  Request request;
  if (match != nullptr) {
    request.head = head.method == "HEAD";
    request.method = request.head ? "GET" : std::string(head.method);
    request.path = match->path;
    request.path_args = match->args;
    request.query = DecodeQuery(plan.query);
    request.body = body;
    CopyHeaders(head, request.headers);
    request.remote_address = remote;
    request.secure = setup_.secure;
    request.id = NewId();
  }
  const auto respond = [&]() -> Response {
    if (match != nullptr) return Handle(request, *match);
    const auto& missing = std::get<NoRoute>(plan.outcome);
    Response response = Render(missing.refusal);
    if (!missing.allow.empty()) response.headers.emplace_back("Allow", missing.allow);
    return response;
  };
  const ExchangeHead exchange_head{MethodForExchange(head.method), head.minor_version, plan.last};
  const int status = exchange_.Run(exchange_head, respond, out);
  if (!setup_.hooks.on_answer) return;
  setup_.hooks.on_answer(
      {.method = head.method,
       .pattern = match == nullptr ? std::string_view() : std::string_view(match->route->pattern),
       .path = match == nullptr ? plan.path : std::string_view(request.path),
       .remote_address = remote,
       .id = request.id,
       .status = status,
       .answer_bytes = out.size() - before,
       .duration_us = (NowNs() - plan.arrived_ns) / kNsPerUs,
       .queue_wait_us = (started_ns - plan.arrived_ns) / kNsPerUs});
}

void Responder::Refuse(const Refusal& refusal, const RefusedRequest& request, std::string& out) {
  const std::size_t before = out.size();
  const auto respond = [&] {
    Response response = Render(refusal);
    if (refusal.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
  };
  exchange_.Run({request.head ? "HEAD" : "GET", request.minor_version, request.last}, respond, out);
  if (!setup_.hooks.on_answer) return;
  setup_.hooks.on_answer({.method = request.method,
                          .pattern = request.pattern,
                          .path = {},
                          .remote_address = request.remote,
                          .id = {},
                          .status = refusal.status,
                          .answer_bytes = out.size() - before});
}

Response Responder::Handle(const Request& request, const RouteMatch& match) {
  std::string what;
  try {
    Response response = match.route->handler(request);
    Compress(request, response);
    return response;
  } catch (const std::exception& fault) {
    what = fault.what();
  } catch (...) {
    what = "an exception that is no std::exception";
  }
  if (setup_.hooks.on_exception) setup_.hooks.on_exception(request, what);
  return Render(
      {500,
       {Code::kInternal, "The server failed; its log has the reason under request " + request.id + "."}});
}

Response Responder::Render(const Refusal& refusal) {
  try {
    return setup_.render_error(refusal.status, refusal.error);
  } catch (...) {
    // The renderer is part of the program, not of a request: answer, if plainly.
    return Response{.status = refusal.status,
                    .content_type = "application/json",
                    .body = "{\"code\":\"internal\"}",
                    .headers = {}};
  }
}

std::string Responder::NewId() {
  char text[24];
  std::snprintf(text, sizeof text, "-%06" PRIx64, setup_.next_id.fetch_add(1, std::memory_order_relaxed));
  return setup_.id_prefix + text;
}

}  // namespace quipu::http
