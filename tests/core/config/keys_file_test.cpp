// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/keys_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace quipu::config {
namespace {

const std::string kHash = "sha256:" + std::string(62, '0') + "aF";

std::string Key(const std::string& lines) {
  return "[[key]]\nid = \"a1\"\nhash = \"" + kHash + "\"\nindexes = [\"docs\"]\n" + lines;
}

TEST(ParseKeys, ReadsEveryLine) {
  const auto file =
      ParseKeys(Key("name = \"site\"\norigins = [\"https://example.org\", \"*\"]\n"
                    "expires = 2027-01-01\nrate = \"600/m\"\nburst = 5\naddress_limit = false\n"
                    "filter = 'language = es'\n"));
  ASSERT_TRUE(file.faults.empty()) << file.faults.front().message;
  ASSERT_EQ(file.rules.size(), 1U);
  const KeyRule& rule = file.rules.front();
  EXPECT_EQ(rule.id, "a1");
  EXPECT_EQ(rule.name, "site");
  EXPECT_EQ(rule.hash.back(), 0xAF);
  EXPECT_THAT(rule.indexes, testing::ElementsAre("docs"));
  EXPECT_THAT(rule.origins, testing::ElementsAre("https://example.org", "*"));
  EXPECT_EQ(rule.expires, 1'798'761'600);
  EXPECT_EQ(rule.rate, (Rate{.count = 600, .seconds = 60}));
  EXPECT_EQ(rule.burst, 5U);
  EXPECT_FALSE(rule.address_limit);
  EXPECT_EQ(rule.filter, "language = es");
  EXPECT_EQ(rule.line, 1);
}

TEST(ParseKeys, TellsEveryFaultThoseOfFiltersAmongThem) {
  const auto file = ParseKeys(Key("filter = 'x'\nrat = 1\n"), [](const std::string& filter) {
    return Status(Error{Code::kConfig, "no " + filter});
  });
  ASSERT_EQ(file.faults.size(), 2U);
  EXPECT_EQ(Describe(file.faults[0], "k"), "k:5:10: no x");
  EXPECT_EQ(Describe(file.faults[1], "k"), "k:6:7: unknown key `rat`; did you mean `rate`?");
}

TEST(ParseKeys, AnEmptyFileHasNoKeys) {
  EXPECT_TRUE(ParseKeys("# nothing yet\n").faults.empty());
  EXPECT_TRUE(ParseKeys("").rules.empty());
}

struct Wrong {
  std::string name, toml;
  int line, column;
  std::string message;
};
class WrongKey : public testing::TestWithParam<Wrong> {};

TEST_P(WrongKey, IsToldWithItsPlaceAndLeavesNoKeys) {
  const auto file = ParseKeys(GetParam().toml);
  ASSERT_FALSE(file.faults.empty());
  EXPECT_TRUE(file.rules.empty());
  EXPECT_EQ(file.faults.front().line, GetParam().line);
  EXPECT_EQ(file.faults.front().column, GetParam().column);
  EXPECT_THAT(file.faults.front().message, testing::HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongKey,
    testing::Values(
        Wrong{"Table", "[[keys]]\n", 1, 1, "a key is a `[[key]]`"},
        Wrong{"Plain", "[key]\nid = \"a\"\n", 1, 1, "written as `[[key]]`"},
        Wrong{"Syntax", "[[key]\n", 1, 7, ""},
        Wrong{"NoHash", "[[key]]\nid = \"a\"\nindexes = [\"*\"]\n", 1, 1, "no `hash`"},
        Wrong{"Hash", "[[key]]\nhash = \"quipu_123\"\n", 2, 8, "64 hexadecimal digits"},
        Wrong{"Id", "[[key]]\nid = \"A b\"\n", 2, 6, "1 to 32"},
        Wrong{"Unknown", Key("orgins = []\n"), 5, 10, "did you mean `origins`?"},
        Wrong{"Origin", Key("origins = [\"https://example.org/\"]\n"), 5, 12, "without a path"},
        Wrong{"Index", Key("").replace(Key("").find("docs"), 4, "do/cs"), 4, 12, "names of indexes"},
        Wrong{"Expires", Key("expires = \"next year\"\n"), 5, 11, "a day such as"},
        Wrong{"NoSuchDay", Key("expires = \"2027-02-30\"\n"), 5, 11, "a day such as"},
        Wrong{"Rate", Key("rate = \"often\"\n"), 5, 8, "expected a rate"},
        Wrong{"Burst", Key("burst = -1\n"), 5, 9, "`burst`"},
        Wrong{"Twice", Key("") + Key(""), 6, 6, "another key `a1`"},
        Wrong{"SameHash", Key("") + "[[key]]\nid = \"b\"\nhash = \"" + kHash + "\"\nindexes = []\n", 5, 1,
              "same `hash`"}),
    [](const auto& tested) { return tested.param.name; });

struct RateCase {
  std::string text;
  std::uint32_t count, seconds, burst;
};
class RateText : public testing::TestWithParam<RateCase> {};
TEST_P(RateText, IsRead) {
  const auto rate = ParseRate(GetParam().text);
  ASSERT_EQ(rate.ok(), GetParam().count > 0) << GetParam().text;
  if (!rate) return;
  EXPECT_EQ(rate->count, GetParam().count);
  EXPECT_EQ(rate->seconds, GetParam().seconds);
  EXPECT_EQ(BurstOf(*rate, 0), GetParam().burst);
  EXPECT_EQ(BurstOf(*rate, 3), 3U);
}
INSTANTIATE_TEST_SUITE_P(Table, RateText,
                         testing::Values(RateCase{"10/s", 10, 1, 20}, RateCase{"600/m", 600, 60, 20},
                                         RateCase{"1/h", 1, 3600, 10},
                                         RateCase{"1000000/s", 1'000'000, 1, 2'000'000},
                                         RateCase{"1000001/s", 0, 0, 0}, RateCase{"0/s", 0, 0, 0},
                                         RateCase{"-1/s", 0, 0, 0}, RateCase{"10", 0, 0, 0},
                                         RateCase{"10/", 0, 0, 0}, RateCase{"10/d", 0, 0, 0},
                                         RateCase{"", 0, 0, 0}, RateCase{"10 /s", 0, 0, 0}));

}  // namespace
}  // namespace quipu::config
