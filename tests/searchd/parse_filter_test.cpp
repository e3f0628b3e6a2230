// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/parse_filter.h"

#include <gtest/gtest.h>

#include <string>

#include "core/query/filter_parser.h"

namespace quipu::searchd {
namespace {

std::string Read(const std::string& text) {
  const auto filter = ReadFilter(text);
  return filter ? query::Print(*filter) : filter.error().message;
}

TEST(ReadFilter, TakesAnExpression) {
  EXPECT_EQ(Read("a = 1"), "one_of(a: 1)");
  EXPECT_EQ(Read(""), "all()");
}

TEST(ReadFilter, JoinsTheOuterArrayWithAndAndInnerOnesWithOr) {
  EXPECT_EQ(Read(R"(["a = 1"])"), "one_of(a: 1)");
  EXPECT_EQ(Read(R"(["a = 1", "b = 2 OR c = 3"])"), "all(one_of(a: 1), any(one_of(b: 2), one_of(c: 3)))");
  EXPECT_EQ(Read(R"([["a = 1", "b = 2"], "c = 3"])"), "all(any(one_of(a: 1), one_of(b: 2)), one_of(c: 3))");
  EXPECT_EQ(Read(R"( [ [ "a = 1" ] , [ "b = '[x]'" ] ])"), "all(one_of(a: 1), one_of(b: [x]))");
}

TEST(ReadFilter, LeavesOutBlankPartsAndEmptyArrays) {
  EXPECT_EQ(Read("[]"), "all()");
  EXPECT_EQ(Read(R"([[], "", [" "]])"), "all()");
  EXPECT_EQ(Read(R"([[], "a = 1"])"), "one_of(a: 1)");
}

TEST(ReadFilter, NamesTheElementThatIsWrong) {
  EXPECT_EQ(Read(R"(["a = 1", ["b = 2", "c"]])").find("Column 2 of `filter[1][1]`: expected"), 0U);
  EXPECT_EQ(Read(R"(["a = 1 b"])").find("Column 7 of `filter[0]`: expected"), 0U);
  EXPECT_EQ(Read("[1]"), "`filter[0]` must be a string: only arrays of strings may stand in `filter`.");
  EXPECT_EQ(Read(R"([["a = 1", ["b = 2"]]])").find("`filter[0][1]` must be a string"), 0U);
  EXPECT_EQ(Read("[a = 1]"), "`filter` begins as an array, but it is not well-formed JSON.");
  EXPECT_EQ(Read(R"(["a = 1"] x)"), "`filter` begins as an array, but it is not well-formed JSON.");
}

TEST(ReadFilter, BoundsTheValuesOfAllPartsTogether) {
  std::string list = "\"a IN [";
  for (int i = 0; i < 6000; ++i) list += "1,";
  list += "]\"";
  EXPECT_EQ(Read("[" + list + "]").substr(0, 6), "one_of");
  EXPECT_EQ(Read("[" + list + "," + list + "]"), "`filter` may have at most 10000 values.");
}

}  // namespace
}  // namespace quipu::searchd
