// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "searchd/http/hooks.h"
#include "searchd/http/message.h"
#include "searchd/http/tls.h"

namespace quipu::http {

struct ServerOptions {
  std::string listen = "127.0.0.1:0";  // host:port, [v6]:port, unix:/path
  int given_socket = -1;               // listens already and is used in place of `listen`
  int search_threads = 2;              // requests of Cost::kSearch that run at once
  int max_queued = 256;  // that wait at most, however short the wait: QueuePolicy says how many do
  std::int64_t bearable_wait_ms = 20;  // a search that has to wait no longer always may
  int max_connections = 10000;
  std::size_t max_header_bytes = 16384;
  int max_headers = 100;
  std::size_t max_uri_bytes = 8192;
  std::size_t max_body_bytes = 1 << 20;
  std::size_t max_buffered_bytes = 256 << 20;  // of bodies that are being received, all clients together
  std::int64_t header_timeout_ms = 5000;       // from the first byte of a request to the end of its header
  std::int64_t body_timeout_ms = 10000;
  std::int64_t idle_timeout_ms = 30000;              // between requests of a kept connection
  std::int64_t write_timeout_ms = 10000;             // to take the whole answer
  std::shared_ptr<TlsCertificate> certificate = {};  // loaded; none: plain HTTP
  Hooks hooks = {};                                  // access log, metrics, exceptions
};

/// Counters since the start, except where it says `now`.
struct ServerCounts {
  std::uint64_t connections = 0;  // open now
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;   // requests refused with 503 and connections over the limit
  std::uint64_t queued = 0;     // searches waiting now
  std::uint64_t running = 0;    // searches running now
  std::uint64_t abandoned = 0;  // searches dropped while they waited, since their client had gone or typed on
  std::uint64_t requests = 0;   // answered, with whatever status
};

/// cpp-httplib's parsing and routing on an epoll core. A thread that reads a request of Cost::kCheap
/// answers it at once; one of Cost::kSearch it runs itself while fewer than `search_threads` do so, else it
/// puts it into the queue, which the searching threads empty; if it would wait too long there, the answer is
/// 503 at once. One thread more than `search_threads` reads sockets, so /health answers whatever the load,
/// and an unloaded request never changes threads. Slow readers wait for EPOLLOUT and hold no thread.
class EventServer {
 public:
  EventServer(ServerOptions options, std::vector<Route> routes, ErrorRenderer render_error);
  ~EventServer();

  /// Binds; after it `port()` is known. kConfig with a sentence if the address cannot be had.
  Status Bind();
  int port() const;
  /// Serves until Stop(). Call Bind() first. Its threads block all signals.
  void Run();
  /// From any thread, also before Run(): stop accepting, close what is idle, answer what is in flight; after
  /// `grace_ms` close the rest. Run() returns when no connection is left; a handler that runs is waited for.
  void Stop(std::int64_t grace_ms);
  ServerCounts Counts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace quipu::http
