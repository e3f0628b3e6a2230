// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace quipu::http {

/// Decides how many searches may wait, by how long the next one would: from how long searches take of late.
/// Under any load those that are let in wait hardly longer than on a busy day, and the others hear at once
/// that they are not. Knows no clock: all times are given. Not thread-safe.
class QueuePolicy {
 public:
  struct Bounds {
    int threads = 1;               // run searches at once
    int most = 0;                  // may wait, however short the wait
    std::int64_t bearable_ns = 0;  // a wait that nobody minds, whatever searches take
  };
  explicit QueuePolicy(const Bounds& bounds) : bounds_(bounds) {}

  /// A search took so long, waiting aside.
  void NoteService(std::int64_t service_ns);

  /// Whether one more may wait behind `waiting` others, of which the first has waited for `oldest_wait_ns`.
  bool Admits(std::size_t waiting, std::int64_t oldest_wait_ns) const;

  /// Whether the first of `waiting`, who has waited so long, is refused after all, since others came later
  /// who can still be answered in time.
  bool GivesWay(std::size_t waiting, std::int64_t waited_ns) const;

  /// The wait that is expected of nobody: what at 0.8 of the capacity one in a hundred waits.
  std::int64_t LongestWaitNs() const;

 private:
  bool IsShort(std::size_t waiting) const;

  const Bounds bounds_;
  double recent_ns_ = kFirstGuessNs;  // how long a search takes now
  double usual_ns_ = kFirstGuessNs;   // and on the whole

  static constexpr double kFirstGuessNs = 5e6;
};

}  // namespace quipu::http
