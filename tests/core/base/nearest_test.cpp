// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

namespace quipu {
namespace {

constexpr std::array<std::string_view, 7> kKnown = {"facets", "filter",      "limit",  "offset",
                                                    "q",      "hitsPerPage", "dry-run"};

struct Case {
  std::string_view name;
  std::string_view typed;
  std::string_view nearest;
};

class NearestName : public testing::TestWithParam<Case> {};

TEST_P(NearestName, IsFound) { EXPECT_EQ(Nearest(GetParam().typed, kKnown), GetParam().nearest); }

INSTANTIATE_TEST_SUITE_P(
    Slips, NearestName,
    testing::Values(Case{"LetterLeftOut", "facet", "facets"}, Case{"LetterTooMany", "limmit", "limit"},
                    Case{"OtherLetter", "fikter", "filter"}, Case{"TwoSwapped", "flitre", "filter"},
                    Case{"OtherCapitals", "hitsperpage", "hitsPerPage"},
                    Case{"OtherDash", "dry_run", "dry-run"},
                    Case{"ItselfIsItsOwnNearest", "offset", "offset"}, Case{"NothingNear", "colour", ""},
                    Case{"OneLetterIsNoSlipOfAnother", "x", ""}, Case{"Empty", "", ""}),
    [](const auto& test) { return std::string(test.param.name); });

TEST(Nearest, TakesTheFirstOfEquals) {
  constexpr std::array<std::string_view, 2> known = {"cat", "bat"};
  EXPECT_EQ(Nearest("rat", known), "cat");
}

TEST(Nearest, KnowsNothingWithoutCandidates) { EXPECT_EQ(Nearest("limit", {}), ""); }

TEST(Nearest, RefusesToSearchForAnEndlessName) { EXPECT_EQ(Nearest(std::string(100'000, 'q'), kKnown), ""); }

}  // namespace
}  // namespace quipu
