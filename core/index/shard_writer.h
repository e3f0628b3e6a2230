// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <chrono>
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
#include "core/index/run_set.h"

namespace quipu::index {

/// One shard of an unfinished generation and the thread that fills it. Changes are done in the order in
/// which they were pushed; new documents go to runs, all else to the database that has it or the shard's own.
/// What was done is safe from the death of the process when memory is full, and every ten seconds of much
/// work.
class ShardWriter {
 public:
  struct Place {
    std::filesystem::path path;        // of the shard's own database
    std::filesystem::path run_prefix;  // RunSet's
    std::size_t memory_bytes = 0;      // for new documents that are in no run yet
  };
  /// Opens or makes the shard. `base` (may be null) is where documents go away when this shard has them.
  ShardWriter(const Place& place, SharedState& state, BaseGeneration* base);
  /// Drops what waits.
  ~ShardWriter();
  ShardWriter(const ShardWriter&) = delete;
  ShardWriter& operator=(const ShardWriter&) = delete;

  /// Waits while more than 16 MiB wait. Throws what stopped the writer.
  void Push(Change change);
  /// The same as Finish without waiting for it: of several shards, each is then finished on its own thread.
  void BeginFinish();
  /// Does all that waits, commits and ends the thread. Throws what stopped the writer.
  void Finish();
  /// Drops what waits, commits what was done and ends the thread.
  void Stop();

  /// These after Finish or Stop, or before the first Push.
  /// The shard's own, which has what it shares with others, and its runs.
  std::vector<Xapian::WritableDatabase> Databases();
  /// Where they are.
  std::vector<std::filesystem::path> Paths() const;
  const ChangeCounts& counts() const { return counts_; }
  std::vector<std::string> Shortened() const;

 private:
  void Run();
  void Do(const Change& change);
  bool Apply(const Change& change);
  bool IsTimeToCommit() const;
  void Commit();
  void End(bool drop);

  SharedState& state_;
  BaseGeneration* base_;
  std::filesystem::path path_;
  std::size_t memory_bytes_;
  DocumentStore store_;
  RunSet runs_;
  ChangeCounts counts_;
  std::vector<std::string> gone_from_base_;  // since the last commit
  std::size_t uncommitted_bytes_ = 0;
  std::size_t store_bytes_ = 0;  // of them, in databases that Xapian changes
  std::chrono::steady_clock::time_point committed_at_ = std::chrono::steady_clock::now();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Change> queue_;
  std::size_t queued_bytes_ = 0;
  bool ending_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace quipu::index
