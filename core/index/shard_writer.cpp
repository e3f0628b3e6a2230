// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/shard_writer.h"

#include <malloc.h>

#include <algorithm>
#include <utility>

namespace quipu::index {
namespace {

constexpr std::size_t kMaxQueuedBytes = 16U << 20;
/// What comes fast is committed when memory is full or after this time, and so is lost with the process at
/// most; what comes slowly, when it is so much. What Xapian has in memory takes eight times the text.
constexpr auto kCommitInterval = std::chrono::seconds(10);
constexpr std::size_t kCommitBytes = 2U << 20;
/// While it is analysed, a document takes several times its text: of large ones, one at a time in all shards.
constexpr std::size_t kLargeDocumentBytes = 4U << 20;

}  // namespace

// DB_NO_SYNC: an unfinished shard must survive the death of the process, not of the machine; after a reboot
// shards are checked before they are resumed.
ShardWriter::ShardWriter(const Place& place, SharedState& state, BaseGeneration* base)
    : state_(state),
      base_(base),
      path_(place.path),
      memory_bytes_(place.memory_bytes),
      store_(Xapian::WritableDatabase(place.path.string(), Xapian::DB_CREATE_OR_OPEN | Xapian::DB_NO_SYNC),
             state.fields, state.next_text),
      runs_(place.run_prefix, state),
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

void ShardWriter::BeginFinish() {
  const std::scoped_lock lock(mutex_);
  ending_ = true;
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
  }
  if (failure_) std::rethrow_exception(failure_);
}

void ShardWriter::Run() {
  try {
    while (true) {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) break;
      const Change change = std::move(queue_.front());
      queue_.pop_front();
      lock.unlock();
      Do(change);
      lock.lock();
      // Counted until it is done: the memory is in use until then.
      queued_bytes_ -= std::min(queued_bytes_, change.bytes());
      changed_.notify_all();
    }
    Commit();
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
  const bool done = Apply(change);
  if (change.kind == Change::Kind::kTouch) {
    if (!done && base_ != nullptr) base_->Touch(change.entry);
    return;
  }
  const bool in_base = base_ != nullptr && base_->Contains(change.id());
  counts_.Count(change.kind, done || in_base);
  if (base_ != nullptr) gone_from_base_.push_back(change.id());
  uncommitted_bytes_ += change.bytes();
  if (IsTimeToCommit()) Commit();
  // The allocator would keep what a large document took in this thread's arena, and the next one takes it in
  // another's.
  if (alone) ::malloc_trim(0);
}

/// True if there was a document with this id, or, for kTouch, anything.
bool ShardWriter::Apply(const Change& change) {
  // Only databases can change what they have.
  if (runs_.MayBeInMemory(change.id())) Commit();
  DocumentStore* knows = runs_.Find(change.id());
  if (kXapianFormatIsKnown && knows == nullptr && change.kind == Change::Kind::kPut &&
      !store_.Knows(change.id())) {
    runs_.Add(change.document, change.entry);
    return false;
  }
  store_bytes_ += change.bytes();
  return index::Apply(change, knows != nullptr ? *knows : store_);
}

bool ShardWriter::IsTimeToCommit() const {
  return runs_.bytes() >= memory_bytes_ || store_bytes_ >= kCommitBytes ||
         (uncommitted_bytes_ >= kCommitBytes &&
          std::chrono::steady_clock::now() - committed_at_ >= kCommitInterval);
}

void ShardWriter::Commit() {
  // In this order: a document that changed its place may be missing after the death of the process, and is
  // read again then; it is never in two places, and no number of a text is used twice.
  runs_.Commit();
  WriteSharedState(store_.database(), state_);
  store_.database().commit();
  runs_.Write();
  uncommitted_bytes_ = store_bytes_ = 0;
  committed_at_ = std::chrono::steady_clock::now();
  // Only now: if the process dies in between, a document is in both, never in neither.
  if (base_ != nullptr) base_->Delete(std::exchange(gone_from_base_, {}));
}

std::vector<Xapian::WritableDatabase> ShardWriter::Databases() {
  auto databases = runs_.Databases();
  databases.insert(databases.begin(), store_.database());
  return databases;
}

std::vector<std::filesystem::path> ShardWriter::Paths() const {
  auto paths = runs_.Paths();
  paths.insert(paths.begin(), path_);
  return paths;
}

std::vector<std::string> ShardWriter::Shortened() const {
  auto ids = runs_.shortened();
  ids.insert(ids.end(), store_.shortened().begin(), store_.shortened().end());
  return ids;
}

}  // namespace quipu::index
