// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/number_format.h"

#include <gtest/gtest.h>

#include <limits>
#include <ostream>

namespace quipu::extract {
namespace {

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  double value;
  const char* code;
  const char* shown;
};
class ShownNumber : public ::testing::TestWithParam<Case> {};
TEST_P(ShownNumber, IsAsItsFormatSays) {
  EXPECT_EQ(FormatNumber(GetParam().value, ParseNumberFormat(GetParam().code), false), GetParam().shown);
}
INSTANTIATE_TEST_SUITE_P(
    Table, ShownNumber,
    ::testing::Values(Case{"Whole", 1234567, "General", "1234567"},
                      Case{"Broken", 0.1 + 0.2, "General", "0.3"}, Case{"Huge", 1e300, "0.00", "1e+300"},
                      Case{"TwoDecimals", 1234.5, "#,##0.00", "1234.50"},
                      Case{"Money", 12, "[$€-407]\\ #,##0.00;[Red]-0.00", "12.00"},
                      Case{"Percent", 0.256, "0%", "26%"}, Case{"Date", 44943, "dd/mm/yyyy", "2023-01-17"},
                      Case{"DateTime", 44943.75, "d\\-m\\-yy h:mm", "2023-01-17 18:00"},
                      Case{"Time", 0.5 + 1.0 / 86400, "h:mm:ss AM/PM", "12:00:01"},
                      Case{"Elapsed", 1.5, "[h]:mm", "36:00"}, Case{"Month", 44943, "mmmm", "2023-01-17"},
                      Case{"BeforeTheLeapDayThatNeverWas", 1, "yyyy-mm-dd", "1900-01-01"},
                      Case{"DateBelowZero", -5, "yyyy-mm-dd", "-5"},
                      Case{"DateTooFar", 1e10, "yyyy-mm-dd", "10000000000"},
                      Case{"QuotedLetters", 5, "0 \"days\"", "5"}, Case{"Text", 5, "@", "5"},
                      Case{"OpenQuote", 5, "0\"", "5"}, Case{"OpenBracket", 5, "[", "5"}),
    [](const auto& tested) { return tested.param.name; });

TEST(ShownNumberOf, OtherEpochAndNoNumber) {
  const NumberFormat date = BuiltInFormat(14);
  EXPECT_EQ(FormatNumber(0, date, true), "1904-01-01");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::infinity(), date, false), "");
  EXPECT_EQ(FormatNumber(std::numeric_limits<double>::quiet_NaN(), {}, false), "");
}

}  // namespace
}  // namespace quipu::extract
