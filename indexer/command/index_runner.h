// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "indexer/command/command.h"
#include "indexer/command/extraction.h"
#include "indexer/job/index_run.h"
#include "indexer/report/progress.h"
#include "indexer/report/report_file.h"

namespace quipu::command {

/// Runs jobs as the command line says, one after the other, and tells how each went.
class IndexRunner {
 public:
  /// `report` may be null and must outlive this, as `context` must.
  IndexRunner(const Context& context, report::ReportFile* report);

  /// A job, its last-job.json and its summary. With `known_problem` only news are told: neither a job that
  /// found nothing to do, nor one that failed for that reason again.
  job::RunResult Run(const config::Index& index, const std::string* known_problem = nullptr);
  /// Its plan alone.
  job::Ending Foresee(const config::Index& index);

 private:
  report::ProgressStyle Style() const;
  job::RunSurroundings Surroundings();
  void WriteLastJob(const config::Index& index, job::Ending ending, const std::string& json);
  void Tell(const std::string& text);

  const Context& context_;
  report::ReportFile* report_;
  bool report_on_stdout_;
  Extraction extraction_;
  report::Progress progress_;
  job::RunSettings settings_;
};

}  // namespace quipu::command
