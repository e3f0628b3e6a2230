// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/answer_cache.h"

#include <iterator>
#include <utility>

namespace quipu::searchd {
namespace {

// What list, map and the allocator take beside the texts.
constexpr std::size_t kEntryBytes = 256;
constexpr std::size_t kLeastEntries = 16;

}  // namespace

std::size_t AnswerCache::Entry::bytes() const {
  return kEntryBytes + key.size() + answer->head.size() + answer->tail.size();
}

std::shared_ptr<const RenderedAnswer> AnswerCache::Find(std::string_view key) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) {
    ++misses_;
    return nullptr;
  }
  ++hits_;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->answer;
}

void AnswerCache::Keep(std::string key, std::shared_ptr<const RenderedAnswer> answer) {
  std::list<Entry> fresh;  // made and, where it pushes others out, freed outside of the lock
  fresh.push_back({std::move(key), std::move(answer)});
  const std::size_t bytes = fresh.front().bytes();
  if (bytes > most_bytes_ / kLeastEntries) return;
  std::list<Entry> old;
  const std::scoped_lock lock(mutex_);
  if (by_key_.contains(fresh.front().key)) return;
  while (bytes_ + bytes > most_bytes_) {
    bytes_ -= entries_.back().bytes();
    by_key_.erase(entries_.back().key);
    old.splice(old.end(), entries_, std::prev(entries_.end()));
  }
  bytes_ += bytes;
  entries_.splice(entries_.begin(), fresh);
  by_key_.emplace(entries_.front().key, entries_.begin());
}

AnswerCache::Counts AnswerCache::counts() const {
  const std::scoped_lock lock(mutex_);
  return {hits_, misses_, bytes_};
}

}  // namespace quipu::searchd
