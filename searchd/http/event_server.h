// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "searchd/http/message.h"

namespace quipu::http {

struct ServerOptions {
  std::string listen = "127.0.0.1:0";     // host:port, [v6]:port, unix:/path
  int search_threads = 2;                 // requests of Cost::kSearch that run at once
  int max_queued = 64;                    // requests of Cost::kSearch that wait; beyond: 503 `overloaded`
  int max_connections = 10000;
  std::size_t max_header_bytes = 16384;
  int max_headers = 100;
  std::size_t max_uri_bytes = 8192;
  std::size_t max_body_bytes = 1 << 20;
  std::int64_t header_timeout_ms = 5000;  // from the first byte of a request to the end of its header
  std::int64_t body_timeout_ms = 10000;
  std::int64_t idle_timeout_ms = 30000;   // between requests of a kept connection
  std::int64_t write_timeout_ms = 10000;  // to take the whole answer
};

struct ServerCounts {
  std::uint64_t connections = 0, accepted = 0, rejected = 0, queued = 0, requests = 0;
};

/// Renders what the server itself refuses (431, 413, 503, …) as the contract's error object.
using ErrorRenderer = std::function<Response(int status, const Error& error)>;

/// cpp-httplib's parsing and routing on an epoll core. A thread that reads a request of Cost::kCheap
/// answers it at once; one of Cost::kSearch it runs itself while fewer than `search_threads` do so, else it
/// puts it into the bounded queue, which the searching threads empty. One thread more than
/// `search_threads` reads sockets, so /health answers whatever the load, and an unloaded request never
/// changes threads. Slow readers wait for EPOLLOUT and hold no thread.
class EventServer {
 public:
  EventServer(ServerOptions options, std::vector<Route> routes, ErrorRenderer render_error);
  ~EventServer();

  /// Binds; after it `port()` is known. kConfig with a sentence if the address cannot be had.
  Status Bind();
  int port() const;
  /// Serves until Stop(). Call Bind() first.
  void Run();
  /// From any thread: stop accepting, answer what is in flight (at most `grace_ms`), then Run() returns.
  void Stop(std::int64_t grace_ms);
  ServerCounts Counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quipu::http
