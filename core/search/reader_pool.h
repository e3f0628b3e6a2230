// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_reader.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// What one search works on: not thread-safe, so each has its own while it runs.
struct Session {
  index::IndexReader reader;
  text::Analyzer analyzer;
  std::uint64_t seen_commit = 0;  // ReaderPool::commit() when the reader was last opened or reopened
};

/// The readers of one published generation, handed out one to a search and taken back after it.
class ReaderPool {
 public:
  ReaderPool(std::filesystem::path index_root, index::IndexReader first);

  std::uint64_t generation() const { return generation_; }

  /// Waits for a reader only if no further one can be opened (the generation's folder is gone).
  class Lease;
  Lease Take();

  /// Readers follow the writer's commits up to here before their next search.
  void NoteCommit() { ++commit_; }

 private:
  friend class Lease;
  std::unique_ptr<Session> Open();
  void GiveBack(std::unique_ptr<Session> session);

  std::filesystem::path root_;
  std::uint64_t generation_;
  std::atomic<std::uint64_t> commit_{1};
  std::mutex mutex_;
  std::condition_variable returned_;
  std::vector<std::unique_ptr<Session>> free_;
  std::size_t sessions_ = 0;  // free or in use
};

/// A session for as long as this lives.
class ReaderPool::Lease {
 public:
  Lease(ReaderPool& pool, std::unique_ptr<Session> session) : pool_(&pool), session_(std::move(session)) {}
  Lease(Lease&& other) noexcept = default;
  Lease& operator=(Lease&&) = delete;
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;
  ~Lease() {
    if (session_) pool_->GiveBack(std::move(session_));
  }

  Session* operator->() { return session_.get(); }

 private:
  ReaderPool* pool_;
  std::unique_ptr<Session> session_;
};

}  // namespace quipu::search
