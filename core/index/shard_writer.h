// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/index/base_generation.h"
#include "core/index/change.h"
#include "core/index/index_metadata.h"

namespace quipu::index {

/// One shard of an unfinished generation and the thread that fills it. Changes are done in the order in
/// which they were pushed and committed every few megabytes.
class ShardWriter {
 public:
  /// Opens or makes the shard. `base` (may be null) is where documents go away when this shard has them.
  ShardWriter(const std::filesystem::path& path, SharedState& state, BaseGeneration* base);
  /// Drops what waits.
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  /// Waits while more than 16 MiB wait. Throws what stopped the writer.
  void Push(Change change);
  /// Does all that waits, commits and ends the thread. Throws what stopped the writer.
  void Finish();
  /// Drops what waits, commits what was done and ends the thread.
  void Stop();

  /// After Finish or Stop, or before the first Push.
  DocumentStore& store() { return store_; }
  const ChangeCounts& counts() const { return counts_; }

 private:
  void Run();
  void Do(const Change& change);
  void Commit();
  void End(bool drop);

  SharedState& state_;
  BaseGeneration* base_;
  DocumentStore store_;
  ChangeCounts counts_;
  std::vector<std::string> gone_from_base_;  // since the last commit
  std::size_t uncommitted_bytes_ = 0;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Change> queue_;
  std::size_t queued_bytes_ = 0;
  bool ending_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace quipu::index
