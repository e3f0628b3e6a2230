// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/reader_pool.h"

#include <utility>

namespace quipu::search {

ReaderPool::ReaderPool(std::filesystem::path index_root, index::IndexReader first)
    : root_(std::move(index_root)), generation_(first.generation()) {
  free_.push_back(std::make_unique<Session>(Session{std::move(first), text::Analyzer(), commit_.load()}));
  sessions_ = 1;
}

std::unique_ptr<Session> ReaderPool::Open() {
  const std::uint64_t commit = commit_.load();
  Result<index::IndexReader> reader = index::IndexReader::Open(root_);
  // A newer generation may have been published meanwhile; its pool is not this one.
  if (!reader || reader->generation() != generation_) return nullptr;
  return std::make_unique<Session>(Session{std::move(reader).value(), text::Analyzer(), commit});
}

ReaderPool::Lease ReaderPool::Take() {
  std::unique_ptr<Session> session;
  {
    std::unique_lock lock(mutex_);
    if (free_.empty()) {
      ++sessions_;
      lock.unlock();
      session = Open();
      lock.lock();
      if (session) return Lease(*this, std::move(session));
      --sessions_;
      returned_.wait(lock, [&] { return !free_.empty(); });
    }
    session = std::move(free_.back());
    free_.pop_back();
  }
  if (const std::uint64_t commit = commit_.load(); session->seen_commit != commit) {
    session->seen_commit = commit;
    try {
      session->reader.Reopen();
    } catch (const Xapian::DatabaseModifiedError&) {
      // Another commit disturbed it: it may have tables of two commits.
      if (std::unique_ptr<Session> fresh = Open()) session = std::move(fresh);
    } catch (const Xapian::DatabaseError&) {
      // The generation's folder was removed; what this reader holds open it can still serve.
    }
  }
  return Lease(*this, std::move(session));
}

void ReaderPool::GiveBack(std::unique_ptr<Session> session) {
  {
    const std::scoped_lock lock(mutex_);
    free_.push_back(std::move(session));
  }
  returned_.notify_one();
}

}  // namespace quipu::search
