// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/queue_policy.h"

#include <algorithm>

namespace quipu::http {
namespace {

// Of the last 32 searches, and of the last 256: what is slow only now must not lengthen the wait that is
// borne.
constexpr double kRecentShare = 1.0 / 32;
constexpr double kUsualShare = 1.0 / 256;

// At 0.8 of the capacity one in a hundred waits as long as 21 searches take, shared by the threads (M/M/c);
// two more for each thread, so that a server of many threads that is not overloaded refuses nobody.
constexpr double kSearchesBefore = 21;
constexpr double kSpare = 2;

// Who types has gone on after that.
constexpr double kMostNs = 500e6;

constexpr std::int64_t kTimesTooLong = 2;

// So few for each thread are no line: if they wait long, the machine has halted for a moment, and refusing
// them would help nobody.
constexpr std::size_t kShortLine = 4;

}  // namespace

void QueuePolicy::NoteService(std::int64_t service_ns) {
  const auto took = static_cast<double>(service_ns);
  recent_ns_ += (took - recent_ns_) * kRecentShare;
  usual_ns_ += (took - usual_ns_) * kUsualShare;
}

std::int64_t QueuePolicy::LongestWaitNs() const {
  const double wait = usual_ns_ * (kSearchesBefore / bounds_.threads + kSpare);
  return std::max(bounds_.bearable_ns, static_cast<std::int64_t>(std::min(wait, kMostNs)));
}

bool QueuePolicy::Admits(std::size_t waiting, std::int64_t oldest_wait_ns) const {
  if (waiting >= static_cast<std::size_t>(bounds_.most)) return false;
  if (IsShort(waiting)) return true;
  // An estimate knows nothing of searches that still run; who waits for them does.
  if (oldest_wait_ns > LongestWaitNs()) return false;
  const double expected = static_cast<double>(waiting + 1) * recent_ns_ / bounds_.threads;
  return expected <= static_cast<double>(LongestWaitNs());
}

bool QueuePolicy::GivesWay(std::size_t waiting, std::int64_t waited_ns) const {
  return !IsShort(waiting) && waited_ns > kTimesTooLong * LongestWaitNs();
}

bool QueuePolicy::IsShort(std::size_t waiting) const {
  return waiting < kShortLine * static_cast<std::size_t>(bounds_.threads);
}

}  // namespace quipu::http
