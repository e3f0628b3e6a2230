// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>

#include "searchd/http/message.h"
#include "searchd/http/queue_policy.h"

namespace quipu::http {

struct Connection;

/// Decides which searches run, which wait and which are refused. A thread that was admitted runs searches
/// until Finish() gives it none; thus a search waits only while `threads` of them run. All times are of one
/// clock, in nanoseconds. Thread-safe.
class SearchQueue {
 public:
  enum class Admission { kRun, kQueued, kFull };
  struct Arrival {
    Connection* connection = nullptr;
    std::int64_t now_ns = 0;
    std::optional<Typing> typing = {};  // needed only while busy()
  };
  struct Decision {
    Admission admission;
    Connection* superseded = nullptr;  // waited until now for what `typing` goes on from; the caller owns it
  };
  using Watch = std::function<void(std::uint64_t ticket)>;

  explicit SearchQueue(const QueuePolicy::Bounds& bounds) : max_running_(bounds.threads), policy_(bounds) {}

  /// Whether a search that arrives now would be refused.
  bool IsFull(std::int64_t now_ns) const;

  /// When the answer is kQueued, `watch(ticket)` was called first; from its return on another thread
  /// may own the connection.
  Decision Admit(Arrival arrival, const Watch& watch);

  /// One that has waited too long to be answered while others wait behind it, or nullptr; the caller owns it.
  /// To be called until nullptr before Finish().
  Connection* TakeLate(std::int64_t now_ns);

  /// The caller's search is done and took so long: the next connection to serve, or nullptr when the caller
  /// runs none now.
  Connection* Finish(std::int64_t service_ns);

  /// The client of `ticket` has gone: gives its connection back, or nullptr if it is being served.
  Connection* Abandon(std::uint64_t ticket);

  std::size_t queued() const { return queued_.load(std::memory_order_relaxed); }
  int running() const { return running_count_.load(std::memory_order_relaxed); }
  bool busy() const { return running() >= max_running_; }

 private:
  struct Waiting {
    std::uint64_t ticket;
    Connection* connection;
    std::int64_t since_ns;
    std::optional<Typing> typing;
  };
  bool Admits(std::int64_t now_ns) const;
  Waiting* FindPrevious(const Typing& typing);
  Connection* TakeFirst();

  const int max_running_;
  mutable std::mutex mutex_;
  QueuePolicy policy_;
  std::deque<Waiting> waiting_;
  std::uint64_t next_ticket_ = 1;
  std::atomic<int> running_count_{0};
  std::atomic<std::size_t> queued_{0};
};

}  // namespace quipu::http
