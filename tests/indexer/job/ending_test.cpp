// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/ending.h"

#include <gtest/gtest.h>

namespace quipu::job {
namespace {

TEST(Ending, HasTheExitCodesOfTheContract) {
  EXPECT_EQ(static_cast<int>(Ending::kDone), 0);
  EXPECT_EQ(static_cast<int>(Ending::kFailed), 1);
  EXPECT_EQ(static_cast<int>(Ending::kMisused), 2);
  EXPECT_EQ(static_cast<int>(Ending::kRefused), 3);
  EXPECT_EQ(static_cast<int>(Ending::kLocked), 4);
  EXPECT_EQ(static_cast<int>(Ending::kInterrupted), 130);
}

TEST(Ending, OfSeveralIsTheWorst) {
  EXPECT_EQ(Worse(Ending::kDone, Ending::kLocked), Ending::kLocked);
  EXPECT_EQ(Worse(Ending::kFailed, Ending::kRefused), Ending::kFailed);
  EXPECT_EQ(Worse(Ending::kRefused, Ending::kLocked), Ending::kRefused);
  EXPECT_EQ(Worse(Ending::kInterrupted, Ending::kFailed), Ending::kInterrupted);
}

}  // namespace
}  // namespace quipu::job
