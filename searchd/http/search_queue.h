// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <utility>

namespace quipu::http {

struct Connection;

/// Decides which searches run and which wait. A thread that was admitted runs searches until Finish()
/// gives it none; thus a search waits only while `max_running` of them run. Thread-safe.
class SearchQueue {
 public:
  enum class Admission { kRun, kQueued, kFull };

  SearchQueue(int max_running, int max_queued) : max_running_(max_running), max_queued_(max_queued) {}

  /// When the answer is kQueued, `watch(ticket)` was called first; from its return on another thread
  /// may own the connection.
  Admission Admit(Connection* connection, const std::function<void(std::uint64_t ticket)>& watch);

  /// The caller's search is done: the next connection to serve, or nullptr when the caller runs none now.
  Connection* Finish();

  /// The client of `ticket` has gone: gives its connection back, or nullptr if it is being served.
  Connection* Abandon(std::uint64_t ticket);

  std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }
  int running() const { return running_count_.load(std::memory_order_relaxed); }

 private:
  const int max_running_;
  const int max_queued_;
  std::mutex mutex_;
  std::deque<std::pair<std::uint64_t, Connection*>> waiting_;
  std::uint64_t next_ticket_ = 1;
  std::atomic<int> running_count_{0};
  std::atomic<std::size_t> queued_{0};
};

}  // namespace quipu::http
