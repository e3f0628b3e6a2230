// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/watch_schedule.h"

#include <gtest/gtest.h>

namespace quipu::command {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

WatchSchedule::Time At(int ms) { return WatchSchedule::Time{} + std::chrono::hours(1) + milliseconds(ms); }

TEST(WatchSchedule, RunsNothingByItself) {
  WatchSchedule schedule(std::nullopt);
  EXPECT_FALSE(schedule.Next().has_value());
  schedule.Done(At(0), At(10));
  EXPECT_FALSE(schedule.Next().has_value());
}

TEST(WatchSchedule, WaitsUntilChangesPause) {
  WatchSchedule schedule(std::nullopt);
  schedule.Changed(At(0));
  EXPECT_EQ(schedule.Next(), At(200));
  schedule.Changed(At(150));
  EXPECT_EQ(schedule.Next(), At(350));
  EXPECT_FALSE(schedule.IsDue(At(349)));
  EXPECT_TRUE(schedule.IsDue(At(350)));
}

TEST(WatchSchedule, DoesNotWaitForChangesThatNeverEnd) {
  WatchSchedule schedule(std::nullopt);
  for (int ms = 0; ms <= 3000; ms += 100) schedule.Changed(At(ms));
  EXPECT_EQ(schedule.Next(), At(2000));
}

TEST(WatchSchedule, RestsAfterAJobAsLongAsItTook) {
  WatchSchedule schedule(std::nullopt);
  schedule.Done(At(0), At(5000));
  schedule.Changed(At(5001));
  EXPECT_EQ(schedule.Next(), At(10000));
  schedule.Done(At(0), At(500'000));
  schedule.Changed(At(500'001));
  EXPECT_EQ(schedule.Next(), At(560'000));
}

TEST(WatchSchedule, LooksAgainAtWhatTellsNothing) {
  WatchSchedule schedule(seconds(3600));
  schedule.Done(At(0), At(1000));
  EXPECT_EQ(schedule.Next(), At(3'601'000));
  schedule.Changed(At(2000));
  EXPECT_EQ(schedule.Next(), At(2200));
}

TEST(WatchSchedule, TriesAgainWhatFailed) {
  WatchSchedule schedule(std::nullopt);
  schedule.Failed(At(0), At(1000));
  EXPECT_EQ(schedule.Next(), At(31'000));
  schedule.LockedOut(At(1000));
  EXPECT_EQ(schedule.Next(), At(2000));
  WatchSchedule polled(seconds(5));
  polled.Failed(At(0), At(1000));
  EXPECT_EQ(polled.Next(), At(6000));
}

}  // namespace
}  // namespace quipu::command
