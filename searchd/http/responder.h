// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "searchd/http/exchange.h"
#include "searchd/http/hooks.h"
#include "searchd/http/request_head.h"
#include "searchd/http/route_table.h"

namespace quipu::http {

/// What was decided about a request before anything of it ran: its route, or why it has none.
struct Plan {
  std::variant<RouteMatch, NoRoute> outcome;
  Request request;                  // its body is there when it is answered
  std::optional<Response> refusal;  // the route does not admit it
  std::string_view path, query;     // still encoded
  std::int64_t arrived_ns = 0;      // when the request was complete
  bool last = false;                // the connection closes after the answer

  const Route* route() const {
    const auto* match = std::get_if<RouteMatch>(&outcome);
    return match == nullptr ? nullptr : match->route;
  }
  bool is_search() const { return route() != nullptr && route()->cost == Cost::kSearch; }
  bool waits() const { return is_search() && !refusal; }
};

/// What all threads share in order to answer.
struct ResponderSetup {
  ResponderSetup(std::vector<Route> table, ErrorRenderer render, Hooks callbacks, bool over_tls = false);

  RouteTable routes;
  ErrorRenderer render_error;
  Hooks hooks;
  bool secure;            // requests came over TLS
  std::string id_prefix;  // tells this process's request ids from another's
  std::atomic<std::uint64_t> next_id{1};
};

/// Turns requests into answers, both as bytes in memory: all of HTTP that needs no socket. One per
/// thread.
class Responder {
 public:
  explicit Responder(ResponderSetup& setup) : setup_(setup) {}

  /// Finds the route; all that must be known in order to refuse the request.
  Plan FindRoute(const RequestHead& head);
  /// Fills in the request and asks whether its route admits it. Nothing else runs yet.
  void Complete(const RequestHead& head, std::string_view remote, Plan& plan);
  /// What is typed in a request that waits; nothing if that cannot be told.
  static std::optional<Typing> ReadTyping(Plan& plan, std::string_view body);

  /// Runs the plan's handler (or explains why there is none) and appends the answer to `out`.
  /// `started_ns` is when the request got a thread.
  void Answer(const RequestHead& head, std::string_view body, Plan& plan, std::int64_t started_ns,
              std::string& out);

  /// Appends the answer to a request that is not even tried; the connection closes after it if `last`.
  struct RefusedRequest {
    std::string_view method;  // "" if it could not be read
    std::string_view pattern;
    std::string_view remote;
    std::string_view origin;  // the header; "" if there is none or it was not reached
    bool head = false;
    int minor_version = 1;
    bool last = true;
  };
  void Refuse(const Refusal& refusal, const RefusedRequest& request, std::string& out);
  /// Likewise, because too many searches wait. Costs next to nothing: such answers are made once a second.
  void RefuseOverload(const RefusedRequest& request, std::string& out);

 private:
  void Admit(Plan& plan);
  void Tell(const RefusedRequest& request, int status, std::size_t bytes, bool overload);
  Response Guarded(const Request& request, const std::function<Response()>& work);
  Response Render(const Refusal& refusal, std::string_view origin);
  std::string NewId();

  ResponderSetup& setup_;
  Exchange exchange_;
  std::map<std::string, std::string, std::less<>> ready_refusals_;  // by what makes them differ
  std::int64_t ready_second_ = 0;                                   // in which they were made
};

/// The monotonic clock, in nanoseconds.
std::int64_t NowNs();

}  // namespace quipu::http
