// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/index/index_job.h"
#include "indexer/job/plan.h"
#include "indexer/job/record.h"
#include "indexer/report/progress.h"

namespace quipu::job {

class FileMembers;

/// Does the steps of a plan: reads each file, and puts what it gives into the index. One bad document
/// costs one line of the report.
class StepRunner {
 public:
  struct Parts {
    index::IndexJob& job;
    const Sources& sources;
    source::ExtractFunction extract;
    Record& record;
    report::Progress& progress;
    std::stop_token stop;
    const Plan* plan = nullptr;            // what was remembered of members; may be null
    const Inventory* inventory = nullptr;  // whose ids no member may take; may be null
    /// Of a rebuild, which starts from nothing: puts what is published of these into the index as it is.
    std::function<void(std::span<const index::ManifestEntry>)> carry = {};
  };
  explicit StepRunner(Parts parts) : parts_(std::move(parts)) {}

  /// Runs them on `threads` threads until all are done or a stop is requested. Throws what the index throws
  /// (the disk is full), after the other threads have ended.
  void Run(const std::vector<Step>& steps, int threads);

  /// Documents that were in the index and are no more, because their file gives none now, or no such member.
  std::uint64_t lost() const { return lost_; }
  /// Whether anything was written to the index.
  bool wrote() const { return wrote_; }

 private:
  void Loop(const std::vector<Step>& steps);
  void Do(const Step& step);
  source::Reading Read(const Step& step, FileMembers& members);
  source::Reading Read(const Step& step, const std::optional<index::FileStamp>& known,
                       const source::ExtractFunction& extract) const;
  void Put(const Step& step, source::Reading reading, const FileMembers& members);
  void Miss(const Step& step, const source::Reading& reading, const FileMembers& members);
  void Keep(const Step& step, const source::Reading& reading);
  void CannotRead(const Step& step, const source::Reading& reading, const FileMembers& members);
  void CarryOver(const Step& step, const FileMembers& members);
  index::ManifestEntry EntryOf(const Step& step, const source::Reading& reading) const;
  report::Line LineOf(const Step& step, const source::Reading& reading) const;

  Parts parts_;
  std::atomic<std::size_t> next_{0};
  std::atomic<std::uint64_t> lost_{0};
  std::atomic<bool> wrote_{false};
  std::atomic<bool> failing_{false};
  std::mutex mutex_;
  std::exception_ptr failure_;
  std::mutex carrying_;  // what is published is read by one thread
};

}  // namespace quipu::job
