// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <string_view>
#include <vector>

#include "core/search/search_result.h"

namespace quipu::search {

/// Notes how long each stage took, one after the other. For one thread.
class StageClock {
 public:
  explicit StageClock(std::vector<StageTime>& times) : times_(times), at_(Clock::now()) {}

  /// Ends the stage `name`, which began where the one before ended. `name` must outlive the times.
  void End(std::string_view name) {
    const Clock::time_point now = Clock::now();
    times_.push_back({name, std::chrono::duration_cast<std::chrono::nanoseconds>(now - at_).count()});
    at_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  std::vector<StageTime>& times_;
  Clock::time_point at_;
};

}  // namespace quipu::search
