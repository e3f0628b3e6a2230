// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <utility>

#include "searchd/http/connection_table.h"
#include "searchd/http/event_server.h"
#include "searchd/http/listener.h"
#include "searchd/http/poller.h"
#include "searchd/http/responder.h"
#include "searchd/http/search_queue.h"

namespace quipu::http {

/// What the serving threads share. Every member is immutable, thread-safe or atomic.
struct ServerState {
  ServerState(ServerOptions wanted, std::vector<Route> routes, ErrorRenderer render_error)
      : options(std::move(wanted)),
        limits{options.max_header_bytes, options.max_headers, options.max_uri_bytes, options.max_body_bytes},
        responders(std::move(routes), std::move(render_error), options.hooks, options.certificate != nullptr),
        searches({.threads = options.search_threads,
                  .most = options.max_queued,
                  .bearable_ns = options.bearable_wait_ms * 1'000'000}) {}

  const ServerOptions options;
  const HeadLimits limits;
  ResponderSetup responders;
  Listener listener;
  Poller poller;
  ConnectionTable connections;
  SearchQueue searches;

  std::atomic<bool> stopping{false};
  std::atomic<bool> listener_paused{false};  // no descriptor was left; the next sweep watches it again
  std::atomic<std::size_t> buffered_bytes{0};
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> rejected{0};
  std::atomic<std::uint64_t> abandoned{0};
  std::atomic<std::uint64_t> requests{0};
};

}  // namespace quipu::http
