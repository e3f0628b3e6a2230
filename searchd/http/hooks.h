// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "core/base/result.h"
#include "searchd/http/message.h"

namespace quipu::http {

/// One answered request, for the access log and the metrics. Views are valid during the call only.
struct AccessRecord {
  std::string_view method;   // as the client sent it; "" if it could not be read
  std::string_view pattern;  // of the route; "" if none matched
  std::string_view path;     // without the query; decoded if a route matched; "" if it could not be read
  std::string_view remote_address;
  std::string_view id;  // the Request's; "" if no route was reached
  int status = 0;
  std::uint64_t answer_bytes = 0;  // header included
  std::int64_t duration_us = 0;    // from the complete request to the rendered answer, waiting included
  std::int64_t queue_wait_us = 0;  // of these, in the queue
  bool overload = false;  // refused since too many searches wait; may be told thousands of times a second
};

/// What the server tells its owner. Called on the serving threads, several at once; must not block or throw.
struct Hooks {
  std::function<void(const AccessRecord&)> on_answer;
  /// A handler threw: the client got 500 `internal` with the request's id, only the log gets `what`.
  std::function<void(const Request&, std::string_view what)> on_exception;
};

/// Renders what the server itself refuses (431, 413, 503, …) as the contract's error object.
/// `origin` is the request's header of that name, as far as it was read; "" if there is none.
using ErrorRenderer = std::function<Response(int status, const Error& error, std::string_view origin)>;

}  // namespace quipu::http
