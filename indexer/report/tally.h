// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

#include "indexer/report/outcome.h"

namespace quipu::report {

/// What a job did, in numbers, with the first few problems by name. Thread-safe.
class Tally {
 public:
  static constexpr std::size_t kMaxProblems = 10;

  void Add(const Line& line);

  std::uint64_t Count(Outcome outcome) const;
  /// Of what was read in this job.
  std::uint64_t documents_read() const;
  std::uint64_t bytes() const;
  /// The worst first: failed, encrypted, empty, truncated; each in order of id.
  std::vector<Line> Problems() const;
  std::uint64_t ProblemCount() const;

 private:
  mutable std::mutex mutex_;
  std::array<std::uint64_t, kOutcomes.size()> counts_{};
  std::uint64_t documents_read_ = 0;
  std::uint64_t bytes_ = 0;
  std::vector<Line> problems_;
};

}  // namespace quipu::report
