// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::searchd {

struct JobProblem {
  std::string id, state, reason;
};

/// What quipu-indexer wrote down of the last job of an index.
struct FinishedJob {
  std::string state, message, started_at;
  double seconds = 0;
  std::vector<std::pair<std::string, std::uint64_t>> counts;  // documents by state, in the job's order
  std::vector<JobProblem> problems;                           // the first few, the worst first
};

/// What a job says of itself while it runs.
struct RunningJob {
  std::string stage, started_at;
  std::uint64_t done = 0, total = 0, problems = 0;  // total 0: not known yet
};

/// Nothing if `text` is no JSON object. What a hand or a disk has damaged in it is left out.
std::optional<FinishedJob> ReadFinishedJob(std::string_view text);
std::optional<RunningJob> ReadRunningJob(std::string_view text);

}  // namespace quipu::searchd
