// SPDX-License-Identifier: GPL-2.0-or-later
// Queries that match everything, or everything but a word, asked in several threads at once crashed now and
// then: all of them held Xapian::Query::MatchAll, whose count of owners is not atomic.
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

TEST(ParallelEmptyQueries, AreAllAnswered) {
  const SmallIndex folder;
  folder.Put({Text("a", "Tea", "green"), Text("b", "Coffee", "black")}, true);
  const SearchIndex index({}, folder.root());
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 300; ++round) {
        EXPECT_EQ(Ask(index, "").total, 2U);
        EXPECT_EQ(Ask(index, "-green").total, 1U);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace quipu::search
