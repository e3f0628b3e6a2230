// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/report/progress_line.h"
#include "indexer/report/tally.h"

namespace quipu::report {

/// What there is to say of one index's job besides its tally.
struct JobFacts {
  std::string index;
  std::string ending;      // "done", "failed", "refused", "locked", "interrupted"
  std::string message;     // why, if it is not done
  std::string started_at;  // ISO 8601, UTC
  double seconds = 0;
  std::uint64_t documents = 0;  // in the index afterwards
  std::uint64_t generation = 0;
  bool published = false;  // false: nothing had changed, or it did not get so far
};

/// What a person reads at the end: documents with problems first, then counts and speed.
std::string RenderSummary(const JobFacts& facts, const Tally& tally);

/// The same for `status` and for programs; one JSON object, the content of last-job.json.
std::string RenderLastJob(const JobFacts& facts, const Tally& tally);

/// What a running job leaves in the lock of its index, as one line of JSON: `pid`, `startedAt`, and of its
/// progress `stage`, `done`, `total`, `bytes`, `problems`.
std::string RenderRunningJob(const ProgressState& state, std::string_view started_at);

}  // namespace quipu::report
