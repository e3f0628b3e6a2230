// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/date_period.h"

#include <gtest/gtest.h>

#include <string>

#include "core/schema/date.h"

namespace quipu::query {
namespace {

// A Tuesday.
const double kNow = *schema::ParseDate("2024-02-27T10:20:30Z");

struct Case {
  const char* name;
  const char* text;
  const char* begin;
  const char* end;  // "" for a moment
};

class PeriodTable : public testing::TestWithParam<Case> {};

TEST_P(PeriodTable, NamesItsWholePeriod) {
  const Case& c = GetParam();
  const auto period = ReadDatePeriod(c.text, kNow);
  ASSERT_TRUE(period) << c.text;
  EXPECT_EQ(schema::FormatTime(period->begin), c.begin);
  if (*c.end != '\0') {
    EXPECT_EQ(schema::FormatTime(period->end), c.end);
  } else {
    EXPECT_GT(period->end, period->begin);
    EXPECT_LT(period->end - period->begin, 0.001);
  }
}

const Case kCases[] = {
    {"Year", "2023", "2023-01-01T00:00:00Z", "2024-01-01T00:00:00Z"},
    {"Month", "2023-12", "2023-12-01T00:00:00Z", "2024-01-01T00:00:00Z"},
    {"ShortMonth", "2024-02", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
    {"Day", "2023-12-31", "2023-12-31T00:00:00Z", "2024-01-01T00:00:00Z"},
    {"Minute", "2023-01-17T10:20", "2023-01-17T10:20:00Z", "2023-01-17T10:21:00Z"},
    {"MinuteInZone", "2023-01-17T10:20+02:00", "2023-01-17T08:20:00Z", "2023-01-17T08:21:00Z"},
    {"Second", "2023-01-17T10:20:30Z", "2023-01-17T10:20:30Z", "2023-01-17T10:20:31Z"},
    {"SecondInZone", "2023-01-17 10:20:30-05:00", "2023-01-17T15:20:30Z", "2023-01-17T15:20:31Z"},
    {"Fraction", "2023-01-17T10:20:30.5Z", "2023-01-17T10:20:30Z", ""},
    {"Seconds", "1673913600", "2023-01-17T00:00:00Z", ""},
    {"SecondsBefore1970", "-86400", "1969-12-31T00:00:00Z", ""},
    {"Now", "now", "2024-02-27T10:20:30Z", ""},
    {"NowInCapitals", "NOW", "2024-02-27T10:20:30Z", ""},
    {"AYearAgo", "now-1y", "2023-02-27T10:20:30Z", ""},
    {"SevenDaysAgo", "now-7d", "2024-02-20T10:20:30Z", ""},
    {"InTwoWeeks", "now+2w", "2024-03-12T10:20:30Z", ""},
    {"Months", "now-14M", "2022-12-27T10:20:30Z", ""},
    {"MonthsToo", "now-14mo", "2022-12-27T10:20:30Z", ""},
    {"Minutes", "now-20m", "2024-02-27T10:00:30Z", ""},
    {"MinutesToo", "now-20min", "2024-02-27T10:00:30Z", ""},
    {"Hours", "now-10h", "2024-02-27T00:20:30Z", ""},
    {"SecondsAgo", "now-30s", "2024-02-27T10:20:00Z", ""},
    {"Today", "now/d", "2024-02-27T00:00:00Z", "2024-02-28T00:00:00Z"},
    {"ThisWeek", "now/w", "2024-02-26T00:00:00Z", "2024-03-04T00:00:00Z"},
    {"ThisMonth", "now/M", "2024-02-01T00:00:00Z", "2024-03-01T00:00:00Z"},
    {"ThisYear", "now/y", "2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z"},
    {"ThisHour", "now/h", "2024-02-27T10:00:00Z", "2024-02-27T11:00:00Z"},
    {"LastMonth", "now-1M/M", "2024-01-01T00:00:00Z", "2024-02-01T00:00:00Z"},
    {"SeveralSteps", "now-1y+1d", "2023-02-28T10:20:30Z", ""},
};

INSTANTIATE_TEST_SUITE_P(Dates, PeriodTable, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(ReadDatePeriod, TakesTheLastDayOfAShorterMonth) {
  const auto period = ReadDatePeriod("now-1M", *schema::ParseDate("2023-03-31"));
  EXPECT_EQ(schema::FormatTime(period->begin), "2023-02-28T00:00:00Z");
}

TEST(ReadDatePeriod, RefusesWhatIsNoDate) {
  for (const char* text : {"",
                           "x",
                           "23",
                           "2023-1",
                           "2023-13",
                           "2023-02-30",
                           "2023-01-17T",
                           "2023-01-17T25:00",
                           "nowhere",
                           "now-",
                           "now-y",
                           "now-1",
                           "now-1x",
                           "now/",
                           "now/x",
                           "now/d/d",
                           "now/d-1d",
                           "now-99999999y",
                           "now-30000y",
                           "now-1000000y",
                           "now--1d",
                           "1e300",
                           "inf",
                           "nan",
                           "12 x"}) {
    EXPECT_FALSE(ReadDatePeriod(text, kNow)) << text;
  }
}

TEST(IsRelativeDate, KnowsThemByTheirBeginning) {
  EXPECT_TRUE(IsRelativeDate("now"));
  EXPECT_TRUE(IsRelativeDate("Now-1y"));
  EXPECT_TRUE(IsRelativeDate("now/d"));
  EXPECT_FALSE(IsRelativeDate("nowhere"));
  EXPECT_FALSE(IsRelativeDate("2023"));
}

}  // namespace
}  // namespace quipu::query
