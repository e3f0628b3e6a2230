// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/shard_writer.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

namespace quipu::index {
namespace {

constexpr std::size_t kMaxQueuedBytes = 16U << 20;
/// Xapian's in-memory maps miss the cache when they grow: small commits are faster than large ones.
constexpr std::size_t kCommitBytes = 2U << 20;
/// A document takes up to ten times its text until it is committed (32 MiB: 300 MB): of large ones, one at a
/// time in all shards.
constexpr std::size_t kLargeDocumentBytes = 4U << 20;

}  // namespace

// DB_NO_SYNC: an unfinished shard must survive the death of the process, not of the machine; after a reboot
// shards are checked before they are resumed.
ShardWriter::ShardWriter(const std::filesystem::path& path, SharedState& state, BaseGeneration* base)
    : state_(state),
      base_(base),
      store_(Xapian::WritableDatabase(path.string(), Xapian::DB_CREATE_OR_OPEN | Xapian::DB_NO_SYNC),
             state.fields, state.next_text),
      thread_([this] { Run(); }) {}

ShardWriter::~ShardWriter() {
  try {
    Stop();
  } catch (...) {  // whoever pushes or finishes is told; here nobody is left to tell
  }
}

void ShardWriter::Push(Change change) {
  const std::size_t bytes = change.bytes();
  std::unique_lock lock(mutex_);
  // A change that is larger than the limit goes alone.
  changed_.wait(lock, [&] { return failure_ || queue_.empty() || queued_bytes_ + bytes <= kMaxQueuedBytes; });
  if (failure_) std::rethrow_exception(failure_);
  queued_bytes_ += bytes;
  queue_.push_back(std::move(change));
  changed_.notify_all();
}

void ShardWriter::Finish() { End(false); }
void ShardWriter::Stop() { End(true); }

void ShardWriter::End(bool drop) {
  if (thread_.joinable()) {
    {
      const std::scoped_lock lock(mutex_);
      ending_ = true;
      if (drop) queue_.clear();
      changed_.notify_all();
    }
    thread_.join();
    if (!failure_) Commit();
  }
  if (failure_) std::rethrow_exception(failure_);
}

void ShardWriter::Run() {
  try {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      const Change change = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      Do(change);
      lock.lock();
      // Counted until it is done: the memory is in use until then.
      queued_bytes_ -= std::min(queued_bytes_, change.bytes());
      changed_.notify_all();
    }
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    failure_ = std::current_exception();
    queue_.clear();
    changed_.notify_all();
  }
}

void ShardWriter::Do(const Change& change) {
  std::unique_lock<std::mutex> alone;
  if (change.bytes() >= kLargeDocumentBytes) alone = std::unique_lock(state_.large_document);
  if (change.kind == Change::Kind::kTouch) {
    if (!store_.Touch(change.entry) && base_ != nullptr) base_->Touch(change.entry);
    return;
  }
  const bool in_base = base_ != nullptr && base_->Contains(change.id());
  const bool in_shard = Apply(change, store_);
  counts_.Count(change.kind, in_shard || in_base);
  if (base_ != nullptr) gone_from_base_.push_back(change.id());
  uncommitted_bytes_ += change.bytes();
  if (uncommitted_bytes_ >= kCommitBytes) Commit();
  // The allocator would keep what a large document took in this thread's arena, and the next one takes it in
  // another's.
  if (alone) ::malloc_trim(0);
}

void ShardWriter::Commit() {
  WriteSharedState(store_.database(), state_);
  store_.database().commit();
  uncommitted_bytes_ = 0;
  // Only now: if the process dies in between, a document is in both, never in neither.
  if (base_ != nullptr) base_->Delete(std::exchange(gone_from_base_, {}));
}

}  // namespace quipu::index
