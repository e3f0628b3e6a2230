// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/rule_files.h"

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <vector>

#include "tests/support/temp_dir.h"

namespace quipu::config {
namespace {

using Texts = std::vector<std::string>;

TEST(Synonyms, AreGroupsAndOneWayLines) {
  const auto file = ParseSynonyms(
      "\xEF\xBB\xBF# A comment\n"
      "car, automobile , motor vehicle\r\n"
      "\n"
      "tv => television, telly  # another\n"
      "C#, csharp\n");
  ASSERT_TRUE(file.faults.empty()) << file.faults[0].message;
  ASSERT_EQ(file.rules.size(), 3U);
  EXPECT_EQ(file.rules[0].from, (Texts{"car", "automobile", "motor vehicle"}));
  EXPECT_EQ(file.rules[0].to, file.rules[0].from);
  EXPECT_EQ(file.rules[0].line, 2);
  EXPECT_EQ(file.rules[1].from, Texts{"tv"});
  EXPECT_EQ(file.rules[1].to, (Texts{"television", "telly"}));
  EXPECT_EQ(file.rules[2].from, (Texts{"C#", "csharp"}));
}

struct FaultCase {
  const char* name;
  std::string text;
  int line;
  const char* says;
};
class SynonymFaults : public ::testing::TestWithParam<FaultCase> {};

TEST_P(SynonymFaults, AreToldWithTheirLine) {
  const auto file = ParseSynonyms(GetParam().text);
  ASSERT_EQ(file.faults.size(), 1U);
  EXPECT_EQ(file.faults[0].line, GetParam().line);
  EXPECT_NE(file.faults[0].message.find(GetParam().says), std::string::npos) << file.faults[0].message;
  EXPECT_TRUE(file.rules.empty()) << "a file with a fault gives no rules";
}

const FaultCase kSynonymFaults[] = {
    {"OneWord", "a, b\nlonely\n", 2, "two words"},
    {"NothingBetweenCommas", "a,,b", 1, "missing"},
    {"NothingAtTheEnd", "\na, b,\n", 2, "missing"},
    {"NoRightSide", "a =>\n", 1, "missing"},
    {"NoLeftSide", "x, y\n=> b", 2, "missing"},
    {"TwoArrows", "a => b => c", 1, "one `=>`"},
    {"NotUtf8", "a, b\xFF", 1, "UTF-8"},
    {"TooLong", "a, " + std::string(201, 'b'), 1, "200 bytes"},
};
INSTANTIATE_TEST_SUITE_P(Synonyms, SynonymFaults, ::testing::ValuesIn(kSynonymFaults),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Pins, AreTablesWithQueriesAndIds) {
  const auto file = ParsePins(
      "[[pin]]\nquery = \"visa\"\nids = [\"a\", \"b/c\"]\n\n[[pin]]\nqueries = [\"x\", \"y z\"]\nids = "
      "\"d\"\n");
  ASSERT_TRUE(file.faults.empty()) << file.faults[0].message;
  ASSERT_EQ(file.rules.size(), 2U);
  EXPECT_EQ(file.rules[0].queries, Texts{"visa"});
  EXPECT_EQ(file.rules[0].ids, (Texts{"a", "b/c"}));
  EXPECT_EQ(file.rules[1].queries, (Texts{"x", "y z"}));
  EXPECT_EQ(file.rules[1].ids, Texts{"d"});
  EXPECT_TRUE(ParsePins("").faults.empty());
}

class PinFaults : public ::testing::TestWithParam<FaultCase> {};

TEST_P(PinFaults, AreToldWithTheirLine) {
  const auto file = ParsePins(GetParam().text);
  ASSERT_FALSE(file.faults.empty());
  EXPECT_EQ(file.faults[0].line, GetParam().line);
  EXPECT_NE(file.faults[0].message.find(GetParam().says), std::string::npos) << file.faults[0].message;
  EXPECT_TRUE(file.rules.empty());
}

const FaultCase kPinFaults[] = {
    {"NoIds", "\n[[pin]]\nquery = \"a\"\n", 2, "no `ids`"},
    {"NoQuery", "[[pin]]\nids = [\"a\"]\n", 1, "no `query`"},
    {"UnknownKey", "[[pin]]\nquery = \"a\"\nid = [\"a\"]\n", 3, "did you mean `ids`"},
    {"UnknownTable", "[[pins]]\nquery = \"a\"\n", 1, "`pins`"},
    {"NotATable", "pin = 3\n", 1, "[[pin]]"},
    {"ANumber", "[[pin]]\nquery = \"a\"\nids = [1]\n", 3, "texts"},
    {"Syntax", "[[pin]]\nquery = \n", 2, ""},
};
INSTANTIATE_TEST_SUITE_P(Pins, PinFaults, ::testing::ValuesIn(kPinFaults),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(StopWords, AreWordsOnLines) {
  const auto file = ParseStopWords("# common\nthe of\nde, la\n\nel # and so on\n");
  EXPECT_TRUE(file.faults.empty());
  EXPECT_EQ(file.rules, (Texts{"the", "of", "de", "la", "el"}));
}

TEST(RuleFiles, ThatCannotBeReadAreAFaultWithoutALine) {
  const quipu::testing::TempDir folder;
  EXPECT_TRUE(LoadSynonyms({}).faults.empty());
  for (const auto& path : {folder.path(), folder / "none.txt"}) {
    const auto file = LoadSynonyms(path);
    ASSERT_EQ(file.faults.size(), 1U);
    EXPECT_EQ(file.faults[0].line, 0);
  }
  std::ofstream(folder / "s.txt") << "a, b\n";
  EXPECT_EQ(LoadSynonyms(folder / "s.txt").rules.size(), 1U);
}

TEST(RuleFiles, TellTwentyFaultsAtMost) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "lonely\n";
  EXPECT_EQ(ParseSynonyms(text).faults.size(), 20U);
}

}  // namespace
}  // namespace quipu::config
