// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "searchd/http/message.h"

namespace quipu::http {

/// What cpp-httplib must know of a request in order to answer it.
struct ExchangeHead {
  std::string_view method = "GET";  // one of the methods of RFC 9110, or PATCH
  int minor_version = 1;
  bool close = false;  // no answer follows this one on the connection
};

/// The one door to cpp-httplib: runs its request processing on memory instead of a socket. Not
/// thread-safe: each thread has its own.
class Exchange {
 public:
  Exchange();
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// Calls `respond` once inside cpp-httplib's processing and appends its answer, as bytes for the
  /// client, to `out`. `respond` must not throw. Returns the status that was written.
  int Run(const ExchangeHead& head, const std::function<Response()>& respond, std::string& out);

 private:
  class Server;
  std::unique_ptr<Server> server_;
};

}  // namespace quipu::http
