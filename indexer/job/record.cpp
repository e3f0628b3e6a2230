// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/record.h"

#include <algorithm>
#include <utility>

#include "core/index/manifest.h"

namespace quipu::job {
namespace {

/// No shorter text has 400,000 different terms, whatever it is written in.
constexpr std::size_t kLongText = 256U << 10;

}  // namespace

void Record::AddDocument(const report::Line& line, std::size_t text_bytes) {
  if (text_bytes < kLongText) return Add(line);
  const std::lock_guard lock(mutex_);
  held_.push_back(line);
}

void Record::Release(std::span<const std::string> shortened) {
  std::vector<report::Line> lines;
  {
    const std::lock_guard lock(mutex_);
    lines = std::exchange(held_, {});
  }
  for (report::Line& line : lines) {
    if (std::find(shortened.begin(), shortened.end(), line.id) != shortened.end()) {
      line.outcome = report::Outcome::kTruncated;
      if (line.reason.empty()) line.reason = index::kTooManyTerms;
    }
    Add(line);
  }
}

}  // namespace quipu::job
