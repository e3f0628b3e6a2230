// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/search_queue.h"

#include <algorithm>

namespace quipu::http {

SearchQueue::Admission SearchQueue::Admit(Connection* connection,
                                          const std::function<void(std::uint64_t ticket)>& watch) {
  const std::lock_guard lock(mutex_);
  if (running_count_ < max_running_) {
    ++running_count_;
    return Admission::kRun;
  }
  if (waiting_.size() >= static_cast<std::size_t>(max_queued_)) return Admission::kFull;
  const std::uint64_t ticket = next_ticket_++;
  // Under the lock: once it can be taken, its taker arms the connection, and that must come later.
  watch(ticket);
  waiting_.emplace_back(ticket, connection);
  queued_ = waiting_.size();
  return Admission::kQueued;
}

Connection* SearchQueue::Finish() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    --running_count_;
    return nullptr;
  }
  Connection* const next = waiting_.front().second;
  waiting_.pop_front();
  queued_ = waiting_.size();
  return next;
}

Connection* SearchQueue::Abandon(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const auto& entry) { return entry.first == ticket; });
  if (found == waiting_.end()) return nullptr;
  Connection* const connection = found->second;
  waiting_.erase(found);
  queued_ = waiting_.size();
  return connection;
}

}  // namespace quipu::http
