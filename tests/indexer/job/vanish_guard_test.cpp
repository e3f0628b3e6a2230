// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/vanish_guard.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::job {
namespace {

struct GuardCase {
  const char* name;
  double max_percent;
  std::uint64_t vanished;
  std::uint64_t before;
  bool refuses;
};

class VanishGuardTable : public ::testing::TestWithParam<GuardCase> {};

TEST_P(VanishGuardTable, Decides) {
  const GuardCase& c = GetParam();
  EXPECT_EQ(VanishGuard{c.max_percent}.Refusal(c.vanished, c.before).has_value(), c.refuses);
}

constexpr GuardCase kCases[] = {
    {"NothingVanishes", 20, 0, 100, false},
    {"NothingWasThere", 20, 0, 0, false},
    {"ExactlyTheLimit", 20, 20, 100, false},
    {"OneOverTheLimit", 20, 21, 100, true},
    {"Everything", 20, 100, 100, true},
    {"OneOfThree", 20, 1, 3, false},
    {"OneOfTwo", 20, 1, 2, false},
    {"TheOnlyOne", 20, 1, 1, true},
    {"TwoOfThree", 20, 2, 3, true},
    {"TwoOfTen", 20, 2, 10, false},
    {"ThreeOfTen", 20, 3, 10, true},
    {"AnythingWith100", 100, 100, 100, false},
    {"TheOnlyOneWith100", 100, 1, 1, false},
    {"NothingWith0", 0, 1, 100, true},
    {"NothingWith0AndNothingVanishes", 0, 0, 100, false},
    {"Fractions", 0.5, 6, 1000, true},
};

INSTANTIATE_TEST_SUITE_P(Table, VanishGuardTable, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(VanishGuard, SaysHowToGoOn) {
  const auto refusal = VanishGuard{20}.Refusal(50, 100);
  ASSERT_TRUE(refusal);
  EXPECT_NE(refusal->find("50 of 100"), std::string::npos);
  EXPECT_NE(refusal->find("--max-vanish-percent"), std::string::npos);
}

}  // namespace
}  // namespace quipu::job
