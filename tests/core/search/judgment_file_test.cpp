// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/judgment_file.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace quipu::search {
namespace {

std::string Shown(const Qrels& qrels) {
  std::string shown;
  for (const auto& [query, judged] : qrels) {
    for (const auto& [document, grade] : judged)
      shown.append("[").append(query).append("|").append(document).append("|").append(
          std::to_string(static_cast<int>(grade)) + "]");
  }
  return shown;
}

struct Case {
  std::string name;
  std::string text;
  std::string shown;  // "" for an error
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class JudgmentsTest : public testing::TestWithParam<Case> {};

TEST_P(JudgmentsTest, AreRead) {
  const auto qrels = ParseJudgments(GetParam().text);
  EXPECT_EQ(qrels ? Shown(*qrels) : "", GetParam().shown) << (qrels ? "" : qrels.error().message);
}

INSTANTIATE_TEST_SUITE_P(
    Files, JudgmentsTest,
    testing::Values(Case{"Simple", "green tea\ta b.txt\t2\nx\ty\n", "[green tea|a b.txt|2][x|y|1]"},
                    Case{"Trec", "1 0 doc 1\n1 0 other 0\n", "[1|doc|1][1|other|0]"},
                    Case{"TrecWithTabs", "1\t0\tdoc\t2\n", "[1|doc|2]"},
                    Case{"ThreeColumnsWithSpaces", "1  doc   2\n", "[1|doc|2]"},
                    Case{"Heading", "query-id\tcorpus-id\tscore\n1\ta\t1\n", "[1|a|1]"},
                    Case{"HeadingOfTwo", "query\tid\n1\ta\n", "[1|a|1]"},
                    Case{"CommentsAndEmptyLines", "# judged in May\n\n1\ta\t1\r\n", "[1|a|1]"},
                    Case{"Marked", "\xEF\xBB\xBFq\ta\t1", "[q|a|1]"},
                    Case{"TwiceJudged", "q\ta\t1\nq\ta\t3\nq\ta\t2\n", "[q|a|3]"},
                    Case{"Fractions", "q\ta\t1.9\nq\tb\t-1\n", "[q|a|1][q|b|-1]"},
                    Case{"NoGrade", "q\ta\tgood\n", ""}, Case{"OneColumn", "query\n", ""},
                    Case{"FiveColumns", "a\tb\tc\td\te\n", ""}, Case{"EmptyQuery", "\ta\t1\n", ""},
                    Case{"NotFinite", "q\ta\tinf\n", ""}, Case{"NotANumber", "q\ta\tnan\n", ""}),
    [](const auto& tested) { return tested.param.name; });

TEST(Judgments, NameTheLineOfAFault) {
  const auto qrels = ParseJudgments("q\ta\t1\nq\tb\tx\n");
  ASSERT_FALSE(qrels);
  EXPECT_EQ(qrels.error().message, "line 2: `x` is no grade; expected a number");
}

TEST(Queries, AreNamesAndTexts) {
  const auto queries = ParseQueries("1\tgreen tea\n2\tleaves\tand more\n");
  ASSERT_TRUE(queries);
  const NamedQueries expected = {{"1", "green tea"}, {"2", "leaves\tand more"}};
  EXPECT_EQ(*queries, expected);
  EXPECT_FALSE(ParseQueries("no tab\n"));
}

TEST(ReadWholeFile, SaysWhatIsMissing) {
  const auto text = ReadWholeFile("/nowhere/at/all");
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("/nowhere/at/all"), std::string::npos);
}

}  // namespace
}  // namespace quipu::search
