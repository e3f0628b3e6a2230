// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/search_queue.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace quipu::http {
namespace {

/// Whether `a` and `b` are stages of one text that is typed at its end, or taken back from there.
bool IsNextKeystroke(std::string_view a, std::string_view b) {
  return a.size() != b.size() && (a.starts_with(b) || b.starts_with(a));
}

}  // namespace

bool SearchQueue::Admits(std::int64_t now_ns) const {
  return policy_.Admits(waiting_.size(), waiting_.empty() ? 0 : now_ns - waiting_.front().since_ns);
}

bool SearchQueue::IsFull(std::int64_t now_ns) const {
  if (!busy()) return false;
  const std::lock_guard lock(mutex_);
  return busy() && !Admits(now_ns);
}

SearchQueue::Decision SearchQueue::Admit(Arrival arrival, const Watch& watch) {
  const std::lock_guard lock(mutex_);
  if (!busy()) {
    ++running_count_;
    return {Admission::kRun};
  }
  const std::uint64_t ticket = next_ticket_++;
  if (Waiting* const previous = arrival.typing ? FindPrevious(*arrival.typing) : nullptr) {
    watch(ticket);
    // It keeps its place, and whoever types needs not wait anew with each letter.
    previous->ticket = ticket;
    previous->typing = std::move(arrival.typing);
    return {Admission::kQueued, std::exchange(previous->connection, arrival.connection)};
  }
  if (!Admits(arrival.now_ns)) return {Admission::kFull};
  // Under the lock: once it can be taken, its taker arms the connection, and that must come later.
  watch(ticket);
  waiting_.push_back({ticket, arrival.connection, arrival.now_ns, std::move(arrival.typing)});
  queued_ = waiting_.size();
  return {Admission::kQueued};
}

SearchQueue::Waiting* SearchQueue::FindPrevious(const Typing& typing) {
  const auto found = std::find_if(waiting_.begin(), waiting_.end(), [&](const Waiting& waiting) {
    return waiting.typing && waiting.typing->typist == typing.typist &&
           IsNextKeystroke(waiting.typing->text, typing.text);
  });
  return found == waiting_.end() ? nullptr : &*found;
}

Connection* SearchQueue::TakeFirst() {
  Connection* const first = waiting_.front().connection;
  waiting_.pop_front();
  queued_ = waiting_.size();
  return first;
}

Connection* SearchQueue::TakeLate(std::int64_t now_ns) {
  const std::lock_guard lock(mutex_);
  // The last one is answered however late: nobody would have its place.
  if (waiting_.size() < 2 || !policy_.GivesWay(waiting_.size(), now_ns - waiting_.front().since_ns))
    return nullptr;
  return TakeFirst();
}

Connection* SearchQueue::Finish(std::int64_t service_ns) {
  const std::lock_guard lock(mutex_);
  policy_.NoteService(service_ns);
  if (!waiting_.empty()) return TakeFirst();
  --running_count_;
  return nullptr;
}

Connection* SearchQueue::Abandon(std::uint64_t ticket) {
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                  [&](const Waiting& waiting) { return waiting.ticket == ticket; });
  if (found == waiting_.end()) return nullptr;
  Connection* const connection = found->connection;
  waiting_.erase(found);
  queued_ = waiting_.size();
  return connection;
}

}  // namespace quipu::http
