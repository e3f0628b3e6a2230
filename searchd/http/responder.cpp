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
constexpr std::int64_t kNsPerSecond = 1'000'000'000;
// Origins are the clients' to invent; beyond, what was made is forgotten.
constexpr std::size_t kReadyRefusals = 64;

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

Plan Responder::FindRoute(const RequestHead& head) {
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

void Responder::Complete(const RequestHead& head, std::string_view remote, Plan& plan) {
  Request& request = plan.request;
  CopyHeaders(head, request.headers);
  request.remote_address = remote;
  if (const auto* match = std::get_if<RouteMatch>(&plan.outcome)) {
    request.head = head.method == "HEAD";
    request.method = request.head ? "GET" : std::string(head.method);
    request.path = match->path;
    request.path_args = match->args;
    request.query = DecodeQuery(plan.query);
    request.secure = setup_.secure;
    request.id = NewId();
    if (match->route->admit) Admit(plan);
  }
}

std::optional<Typing> Responder::ReadTyping(Plan& plan, std::string_view body) {
  const Route* const route = plan.route();
  if (route == nullptr || !route->typing) return std::nullopt;
  plan.request.body = body;
  return route->typing(plan.request);
}

void Responder::Admit(Plan& plan) {
  const Admission& admit = std::get<RouteMatch>(plan.outcome).route->admit;
  std::optional<Response> refusal;
  // An admission that fails admits nobody.
  bool decided = false;
  Response failure = Guarded(plan.request, [&] {
    refusal = admit(plan.request);
    decided = true;
    return Response();
  });
  if (!decided) refusal = std::move(failure);
  plan.refusal = std::move(refusal);
}

void Responder::Answer(const RequestHead& head, std::string_view body, Plan& plan, std::int64_t started_ns,
                       std::string& out) {
  const std::size_t before = out.size();
  const auto* match = std::get_if<RouteMatch>(&plan.outcome);
  Request& request = plan.request;
  const auto respond = [&]() -> Response {
    if (plan.refusal) return *std::move(plan.refusal);
    if (match != nullptr) {
      request.body = body;
      return Guarded(request, [&] {
        Response response = match->route->handler(request);
        Compress(request, response);
        return response;
      });
    }
    const auto& missing = std::get<NoRoute>(plan.outcome);
    Response response = Render(missing.refusal, request.Header("origin"));
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
       .remote_address = request.remote_address,
       .id = request.id,
       .status = status,
       .answer_bytes = out.size() - before,
       .duration_us = (NowNs() - plan.arrived_ns) / kNsPerUs,
       .queue_wait_us = (started_ns - plan.arrived_ns) / kNsPerUs});
}

void Responder::Refuse(const Refusal& refusal, const RefusedRequest& request, std::string& out) {
  const std::size_t before = out.size();
  const auto respond = [&] {
    Response response = Render(refusal, request.origin);
    if (refusal.status == 503) response.headers.emplace_back("Retry-After", "1");
    return response;
  };
  exchange_.Run({request.head ? "HEAD" : "GET", request.minor_version, request.last}, respond, out);
  Tell(request, refusal.status, out.size() - before, false);
}

void Responder::RefuseOverload(const RefusedRequest& request, std::string& out) {
  // They have a date, and what they say of origins follows the configuration: a second is soon enough.
  const std::int64_t second = NowNs() / kNsPerSecond;
  if (second != ready_second_ || ready_refusals_.size() >= kReadyRefusals) ready_refusals_.clear();
  ready_second_ = second;
  std::string key(request.origin);
  key += static_cast<char>('0' + (request.head ? 1 : 0) + (request.last ? 2 : 0) + request.minor_version * 4);
  auto ready = ready_refusals_.find(key);
  if (ready == ready_refusals_.end()) {
    const auto respond = [&] {
      Response response =
          Render({503, {Code::kOverloaded, "Too many searches wait already; try again in a moment."}},
                 request.origin);
      response.headers.emplace_back("Retry-After", "1");
      return response;
    };
    std::string answer;
    exchange_.Run({request.head ? "HEAD" : "GET", request.minor_version, request.last}, respond, answer);
    ready = ready_refusals_.emplace(std::move(key), std::move(answer)).first;
  }
  out += ready->second;
  Tell(request, 503, ready->second.size(), true);
}

void Responder::Tell(const RefusedRequest& request, int status, std::size_t bytes, bool overload) {
  if (!setup_.hooks.on_answer) return;
  setup_.hooks.on_answer({.method = request.method,
                          .pattern = request.pattern,
                          .path = {},
                          .remote_address = request.remote,
                          .id = {},
                          .status = status,
                          .answer_bytes = bytes,
                          .overload = overload});
}

/// What `work` answers, or 500 if it throws.
Response Responder::Guarded(const Request& request, const std::function<Response()>& work) {
  std::string what;
  try {
    return work();
  } catch (const std::exception& fault) {
    what = fault.what();
  } catch (...) {
    what = "an exception that is no std::exception";
  }
  if (setup_.hooks.on_exception) setup_.hooks.on_exception(request, what);
  return Render(
      {500, {Code::kInternal, "The server failed; its log has the reason under request " + request.id + "."}},
      request.Header("origin"));
}

Response Responder::Render(const Refusal& refusal, std::string_view origin) {
  try {
    return setup_.render_error(refusal.status, refusal.error, origin);
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
