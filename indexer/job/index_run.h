// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/index/index_job.h"
#include "core/index/index_reader.h"
#include "indexer/job/ending.h"
#include "indexer/job/plan.h"
#include "indexer/job/record.h"
#include "indexer/job/relevance_check.h"
#include "indexer/job/vanish_guard.h"
#include "indexer/report/progress.h"

namespace quipu::job {

struct RunSettings {
  bool rebuild = false;
  int jobs = 2;                              // extractions at once
  std::optional<double> max_vanish_percent;  // before the index's own
};

/// What a run works with. All outlive it.
struct RunSurroundings {
  source::ExtractFunction extract;
  report::ReportFile* report = nullptr;
  report::Progress& progress;
  std::stop_token stop;
};

/// How one index's run went.
struct RunResult {
  Ending ending = Ending::kFailed;
  std::string message;      // why it is not done; empty if it is
  index::JobCounts counts;  // documents and generation are those of the index afterwards
  double seconds = 0;
  bool published = false;
};

/// The job of one index: scan the sources, plan, read what changed, write, guard, publish.
class IndexRun {
 public:
  IndexRun(const config::Config& config, const config::Index& index, RunSettings settings,
           RunSurroundings surroundings);

  /// Never throws: what the disk or Xapian do wrong is Ending::kFailed, and the index is as it was.
  RunResult Run();

  /// The plan alone; writes nothing.
  struct DryRun {
    Ending ending = Ending::kFailed;
    std::string message;
    Inventory inventory;
    std::vector<index::ManifestEntry> manifest;
    std::vector<std::string> source_names;
    Plan plan;
  };
  DryRun Foresee();

  const report::Tally& tally() const { return record_.tally(); }

 private:
  void Foresee(DryRun& dry);
  RunResult Job();
  RunResult WithLock(index::IndexJob& job);
  std::optional<RunResult> Prepare(index::IndexJob& job);
  void Write(index::IndexJob& job);
  RunResult Publish(index::IndexJob& job);
  index::JobOptions Options() const;
  source::Scan ScanOf(std::span<const index::ManifestEntry> manifest);
  void RenewMemos(index::IndexJob& job);
  void CountEarlierLosses(const index::IndexJob& job);
  void ReadPublished();
  void RecordWhatIsKnown();
  std::vector<index::ManifestEntry> ToCarry() const;
  std::optional<std::string> Refusal(std::uint64_t vanished) const;
  bool NothingToPublish(index::IndexJob& job) const;
  report::Line LineOf(const index::ManifestEntry& entry) const;

  const config::Config& config_;
  const config::Index& index_;
  RunSettings settings_;
  RunSurroundings surroundings_;
  Record record_;
  Sources sources_;
  Inventory inventory_;
  std::vector<index::ManifestEntry> manifest_;
  Plan plan_;
  std::optional<RelevanceCheck> relevance_;
  std::optional<index::IndexReader> published_;
  std::uint64_t lost_ = 0;
  bool wrote_ = false;
};

}  // namespace quipu::job
