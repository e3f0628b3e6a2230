// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <optional>

namespace quipu::command {

/// When an index that is watched is to be run. Knows no clock: the time comes as a parameter.
class WatchSchedule {
 public:
  using Clock = std::chrono::steady_clock;
  using Time = Clock::time_point;

  /// A job begins when nothing has changed for this long, so that thousands of changes are one job…
  static constexpr std::chrono::milliseconds kQuiet{200};
  /// …but so long after the first change at the latest.
  static constexpr std::chrono::milliseconds kLongestWait{2000};
  /// How soon a job that failed or was locked out is tried again.
  static constexpr std::chrono::seconds kRetryLocked{1};
  static constexpr std::chrono::seconds kRetryFailed{30};
  /// At most so long a pause follows a job; it is as long as the job, so that files that never stop changing
  /// do not keep the machine busy.
  static constexpr std::chrono::seconds kLongestPause{60};

  /// `poll`: how often to run although nothing tells of changes; nothing: never.
  explicit WatchSchedule(std::optional<std::chrono::seconds> poll) : poll_(poll) {}

  void Changed(Time now);
  void RunNow(Time now) { due_ = now; }
  void Done(Time began, Time ended);
  void LockedOut(Time now) { due_ = now + kRetryLocked; }
  void Failed(Time began, Time ended);

  /// When to run next; nothing: only after a change.
  std::optional<Time> Next() const { return due_; }
  bool IsDue(Time now) const { return due_ && *due_ <= now; }

 private:
  void PauseAfter(Time began, Time ended);

  std::optional<std::chrono::seconds> poll_;
  std::optional<Time> due_;
  std::optional<Time> first_change_;  // since the last job began
  Time not_before_{};
};

}  // namespace quipu::command
