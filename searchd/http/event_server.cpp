// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/event_server.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "searchd/http/server_state.h"
#include "searchd/http/worker.h"

namespace quipu::http {
namespace {

constexpr std::int64_t kNsPerMs = 1'000'000;
constexpr std::int64_t kStoppingTickMs = 10;

/// How often deadlines are looked at: finer when they are short.
std::int64_t TickMs(const ServerOptions& options) {
  const std::int64_t shortest = std::min({options.header_timeout_ms, options.body_timeout_ms,
                                          options.idle_timeout_ms, options.write_timeout_ms});
  return std::clamp<std::int64_t>(shortest / 8, 10, 200);
}

/// Starts one thread per worker with every signal blocked, so that signals reach who waits for them.
std::vector<std::jthread> StartThreads(std::vector<std::unique_ptr<Worker>>& workers) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  std::vector<std::jthread> threads;
  for (const auto& worker : workers) threads.emplace_back([&worker] { worker->Run(); });
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return threads;
}

}  // namespace

struct EventServer::State {
  State(ServerOptions options, std::vector<Route> routes, ErrorRenderer render_error)
      : server(std::move(options), std::move(routes), std::move(render_error)) {}

  /// Looks after deadlines until the server has stopped and its last connection is gone.
  void Supervise();
  void Drain();

  ServerState server;
  std::mutex mutex;
  std::condition_variable stop_asked;
  std::int64_t grace_ends_ns = kNoDeadline;
};

void EventServer::State::Supervise() {
  const std::chrono::milliseconds tick(TickMs(server.options));
  for (;;) {
    {
      std::unique_lock lock(mutex);
      if (stop_asked.wait_for(lock, tick, [&] { return server.stopping.load(); })) break;
    }
    server.connections.SweepExpired(NowNs());
    if (server.listener_paused.exchange(false)) server.listener.Watch(server.poller, Worker::kListenerTag);
  }
  Drain();
}

void EventServer::State::Drain() {
  server.listener.Close();
  while (server.connections.size() > 0) {
    // Again and again: a connection may become idle, or be accepted, after the last look.
    server.connections.EndIdle();
    server.connections.SweepExpired(NowNs());
    {
      const std::lock_guard lock(mutex);
      if (NowNs() >= grace_ends_ns) server.connections.EndAll();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(kStoppingTickMs));
  }
}

EventServer::EventServer(ServerOptions options, std::vector<Route> routes, ErrorRenderer render_error)
    : state_(std::make_unique<State>(std::move(options), std::move(routes), std::move(render_error))) {}

EventServer::~EventServer() = default;

Status EventServer::Bind() {
  ServerState& server = state_->server;
  if (server.options.given_socket < 0) return server.listener.Bind(server.options.listen);
  server.listener.Adopt(server.options.given_socket);
  return Done{};
}

int EventServer::port() const { return state_->server.listener.port(); }

void EventServer::Run() {
  ServerState& server = state_->server;
  std::vector<std::unique_ptr<Worker>> workers;
  // One more than may search at once: sockets, and with them /health, are always looked after.
  for (int i = 0; i < server.options.search_threads + 1; ++i)
    workers.push_back(std::make_unique<Worker>(server));
  const std::vector<std::jthread> threads = StartThreads(workers);
  server.listener.Watch(server.poller, Worker::kListenerTag);
  state_->Supervise();
  server.poller.Wake();
}

void EventServer::Stop(std::int64_t grace_ms) {
  {
    const std::lock_guard lock(state_->mutex);
    state_->grace_ends_ns = std::min(state_->grace_ends_ns, NowNs() + grace_ms * kNsPerMs);
    state_->server.stopping = true;
  }
  state_->stop_asked.notify_all();
}

ServerCounts EventServer::Counts() const {
  const ServerState& server = state_->server;
  ServerCounts counts;
  counts.connections = server.connections.size();
  counts.accepted = server.accepted;
  counts.rejected = server.rejected;
  counts.queued = server.searches.queued();
  counts.running = static_cast<std::uint64_t>(server.searches.running());
  counts.abandoned = server.abandoned;
  counts.requests = server.requests;
  return counts;
}

}  // namespace quipu::http
