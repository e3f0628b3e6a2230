// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/tally.h"

#include <algorithm>
#include <tuple>

namespace quipu::report {
namespace {

int Severity(Outcome outcome) {
  switch (outcome) {
    case Outcome::kFailed: return 0;
    case Outcome::kEncrypted: return 1;
    case Outcome::kEmpty: return 2;
    default: return 3;
  }
}

bool IsWorse(const Line& a, const Line& b) {
  return std::tuple(Severity(a.outcome), std::string_view(a.id)) <
         std::tuple(Severity(b.outcome), std::string_view(b.id));
}

}  // namespace

void Tally::Add(const Line& line) {
  const std::lock_guard lock(mutex_);
  ++counts_[static_cast<std::size_t>(line.outcome)];
  if (line.was_read) {
    ++documents_read_;
    bytes_ += line.bytes;
  }
  if (!IsProblem(line.outcome)) return;
  // Kept sorted and short, so that which ten are shown does not depend on which came first.
  const auto place = std::upper_bound(problems_.begin(), problems_.end(), line, IsWorse);
  if (place == problems_.end() && problems_.size() == kMaxProblems) return;
  problems_.insert(place, line);
  if (problems_.size() > kMaxProblems) problems_.pop_back();
}

std::uint64_t Tally::Count(Outcome outcome) const {
  const std::lock_guard lock(mutex_);
  return counts_[static_cast<std::size_t>(outcome)];
}

std::uint64_t Tally::documents_read() const {
  const std::lock_guard lock(mutex_);
  return documents_read_;
}

std::uint64_t Tally::bytes() const {
  const std::lock_guard lock(mutex_);
  return bytes_;
}

std::vector<Line> Tally::Problems() const {
  const std::lock_guard lock(mutex_);
  return problems_;
}

std::uint64_t Tally::ProblemCount() const {
  std::uint64_t count = 0;
  for (const Outcome outcome : kOutcomes) {
    if (IsProblem(outcome)) count += Count(outcome);
  }
  return count;
}

}  // namespace quipu::report
