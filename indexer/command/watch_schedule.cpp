// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/watch_schedule.h"

#include <algorithm>

namespace quipu::command {

void WatchSchedule::Changed(Time now) {
  if (!first_change_) first_change_ = now;
  due_ = std::max(not_before_, std::min<Time>(now + kQuiet, *first_change_ + kLongestWait));
}

void WatchSchedule::PauseAfter(Time began, Time ended) {
  first_change_.reset();
  not_before_ = ended + std::min<Clock::duration>(ended - began, kLongestPause);
}

void WatchSchedule::Done(Time began, Time ended) {
  PauseAfter(began, ended);
  due_.reset();
  if (poll_) due_ = ended + *poll_;
}

void WatchSchedule::Failed(Time began, Time ended) {
  PauseAfter(began, ended);
  due_ = ended + std::min<std::chrono::seconds>(poll_.value_or(kRetryFailed), kRetryFailed);
}

}  // namespace quipu::command
