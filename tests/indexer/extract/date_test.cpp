// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/date.h"

#include <gtest/gtest.h>

#include <ostream>

namespace quipu::extract {
namespace {

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.text; }
  const char* text;
  const char* iso;
};
class DateNotation : public ::testing::TestWithParam<Case> {};

TEST_P(DateNotation, BecomesIso8601) {
  EXPECT_EQ(NormaliseDate(GetParam().text), GetParam().iso) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, DateNotation,
    ::testing::Values(
        Case{"2023-01-17", "2023-01-17"}, Case{"2023-01-17T10:30:00Z", "2023-01-17T10:30:00Z"},
        Case{"2023-01-17T10:30:00.123-05:00", "2023-01-17T10:30:00-05:00"},
        Case{"2023-01-17T10:30:00+0000", "2023-01-17T10:30:00Z"},
        Case{"2023-01-17 10:30", "2023-01-17T10:30:00"}, Case{" 2023/01/17 ", "2023-01-17"},
        Case{"20230117", "2023-01-17"}, Case{"2023", "2023-01-01"}, Case{"2023-05", "2023-05-01"},
        Case{"2024-02-29", "2024-02-29"}, Case{"2023-02-29", ""},
        Case{"D:20230117103000-05'00'", "2023-01-17T10:30:00-05:00"},
        Case{"D:20230117103000Z", "2023-01-17T10:30:00Z"}, Case{"D:20230117", "2023-01-17"},
        Case{"D:2023", "2023-01-01"}, Case{"D:00000000", ""}, Case{"20230117103000", "2023-01-17T10:30:00"},
        Case{"Tue, 17 Jan 2023 10:30:00 -0500", "2023-01-17T10:30:00-05:00"},
        Case{"Tue, 17 Jan 2023 10:30:00 GMT", "2023-01-17T10:30:00Z"}, Case{"January 17, 2023", "2023-01-17"},
        Case{"17 January 2023", "2023-01-17"}, Case{"17 de enero de 2023", "2023-01-17"},
        Case{"Lima, 5 de setiembre de 2021", "2021-09-05"}, Case{"enero de 2023", "2023-01-01"},
        Case{"Sept. 3, 2020", "2020-09-03"}, Case{"17/01/2023", "2023-01-17"},
        Case{"01/17/2023", "2023-01-17"}, Case{"03/04/2023", ""}, Case{"3.4.2023", "2023-04-03"},
        Case{"", ""}, Case{"yesterday", ""}, Case{"2023-13-01", ""}, Case{"2023-00-10", ""}, Case{"9999", ""},
        Case{"D:", ""}, Case{"31 de febrero de 2023", ""}, Case{"12345678901234567890", ""},
        Case{"0001-01-01", ""}));

TEST(MonthNumber, KnowsBothLanguagesAndAbbreviations) {
  EXPECT_EQ(MonthNumber("Enero"), 1);
  EXPECT_EQ(MonthNumber("AUG"), 8);
  EXPECT_EQ(MonthNumber("dic"), 12);
  EXPECT_EQ(MonthNumber("setiembre"), 9);
  EXPECT_EQ(MonthNumber("ma"), 0);
  EXPECT_EQ(MonthNumber("monday"), 0);
}

}  // namespace
}  // namespace quipu::extract
