// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/date.h"

#include <gtest/gtest.h>

namespace quipu::schema {
namespace {

struct DateCase {
  const char* text;
  double seconds;
};
class Dates : public ::testing::TestWithParam<DateCase> {};

TEST_P(Dates, AreReadAsSecondsSince1970) {
  const auto seconds = ParseDate(GetParam().text);
  ASSERT_TRUE(seconds) << GetParam().text;
  EXPECT_DOUBLE_EQ(*seconds, GetParam().seconds) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    All, Dates,
    ::testing::Values(
        DateCase{"1970", 0}, DateCase{"1970-01-01", 0}, DateCase{"1969-12-31", -86400},
        DateCase{"2023", 1672531200}, DateCase{"2023-01", 1672531200}, DateCase{"2023-01-17", 1673913600},
        DateCase{"2024-02-29", 1709164800}, DateCase{"2023-01-17T10:20", 1673950800},
        DateCase{"2023-01-17 10:20:30", 1673950830}, DateCase{"2023-01-17T10:20:30Z", 1673950830},
        DateCase{"2023-01-17T10:20:30.5Z", 1673950830.5}, DateCase{"2023-01-17T10:20:30+02:00", 1673943630},
        DateCase{"2023-01-17T10:20:30-0530", 1673970630}, DateCase{"2023-01-17T10:20:30+02", 1673943630},
        DateCase{"2016-12-31T23:59:60Z", 1483228800}, DateCase{"2023-01-17T24:00:00Z", 1674000000}));

class NoDates : public ::testing::TestWithParam<const char*> {};

TEST_P(NoDates, AreRefused) { EXPECT_FALSE(ParseDate(GetParam())) << GetParam(); }

INSTANTIATE_TEST_SUITE_P(All, NoDates,
                         ::testing::Values("", "x", "23-01-17", "2023-", "2023-1-7", "2023-13", "2023-00-01",
                                           "2023-02-29", "2023-04-31", "2023-01-17T", "2023-01-17T25:00",
                                           "2023-01-17T24:01", "2023-01-17T10:60", "2023-01-17T10:20:61",
                                           "2023-01-17T10:20:30.", "2023-01-17T10:20:30+24:00",
                                           "2023-01-17T10:20:30 GMT", "2023-01-17Z", "2023-01-17 ",
                                           "20230117"));

TEST(FormatTime, WritesSecondsAsUtc) {
  EXPECT_EQ(FormatTime(0), "1970-01-01T00:00:00Z");
  EXPECT_EQ(FormatTime(1673950830.9), "2023-01-17T10:20:30Z");
  EXPECT_EQ(FormatTime(-1), "1969-12-31T23:59:59Z");
  EXPECT_EQ(FormatTime(-86400), "1969-12-31T00:00:00Z");
}

TEST(FormatTime, IsReadBackByParseDate) {
  for (const double seconds : {0.0, -1.0, 1673950830.0, -62135596800.0, 253402300799.0}) {
    EXPECT_DOUBLE_EQ(ParseDate(FormatTime(seconds)).value(), seconds);
  }
}

}  // namespace
}  // namespace quipu::schema
