// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_parser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace quipu::query {
namespace {

std::string Parsed(std::string_view query) {
  return Print(ParseLexemes(Lex(query, [](std::string_view name) { return name == "title"; })));
}

struct Case {
  const char* name;
  const char* query;
  const char* tree;
};

class ParserTable : public testing::TestWithParam<Case> {};

TEST_P(ParserTable, BuildsTheTree) { EXPECT_EQ(Parsed(GetParam().query), GetParam().tree); }

const Case kCases[] = {
    {"Nothing", "", "list()"},
    {"Words", "green tea ", "list(green tea)"},
    {"Unfinished", "green te", "list(green te…)"},
    {"Signs", "+a -b c ", "list(+a -b c)"},
    {"And", "a AND b ", "list(+and(a b))"},
    {"AndBesideAWord", "a b AND c ", "list(a +and(b c))"},
    {"OrBindsTighterThanSpace", "a b OR c d ", "list(a or(b c) d)"},
    {"AndBindsTighterThanOr", "a AND b OR c ", "list(or(and(a b) c))"},
    {"Not", "a NOT b ", "list(a -b)"},
    {"AndNot", "a AND NOT b ", "list(+and(a -b))"},
    {"OnlyANegative", "-a ", "list(-a)"},
    {"Group", "(a b) OR c ", "list(or(list(a b) c))"},
    {"NegatedGroup", "a -(b c) ", "list(a -list(b c))"},
    {"GroupOfOne", "((a)) ", "list(a)"},
    {"ANegativeInAGroupStays", "a AND (-b) ", "list(+and(a list(-b)))"},
    {"Near", "a NEAR/5 b ", "list(near/5(a b))"},
    {"NearOfPhrasesIsAnd", "\"a b\" NEAR/5 c ", "list(+and(\"a b\" c))"},
    {"FourNearsAreThree", "a NEAR b c NEAR d e NEAR f g NEAR h ",
     "list(near/10(a b) near/10(c d) near/10(e f) +and(g h))"},
    {"Field", "title:a b ", "list(title:a b)"},
    {"FieldGroup", "title:(a \"b c\") ", "list(list(title:a title:\"b c\"))"},
    {"LoneOperatorsAreWords", "AND OR NOT ", "list(AND OR NOT)"},
    {"ATrailingOperatorIsAWord", "a OR ", "list(a OR)"},
    {"ALeadingOperatorIsAWord", "OR a ", "list(OR a)"},
    {"AnOpenGroupEndsWithTheQuery", "a (b OR c", "list(a or(b c…))"},
    {"AClosedGroupThatNeverOpened", "(a)) b ", "list(a b)"},
    {"EmptyGroups", "() (()) a ", "list(a)"},
    {"PrefixAndPhrasePrefix", "te* \"green te*\" ", "list(te* \"green te*\")"},
};

INSTANTIATE_TEST_SUITE_P(Parser, ParserTable, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

int Depth(const Node& node) {
  int deepest = 0;
  for (const Node& child : node.children) deepest = std::max(deepest, Depth(child));
  return deepest + 1;
}

TEST(Parser, BoundsNestingAndKeepsTheWords) {
  std::string query;
  for (int i = 0; i < 200; ++i) query += "(a AND ";
  query += "b";
  for (int i = 0; i < 200; ++i) query += ")";
  const Node tree = ParseLexemes(Lex(query, [](std::string_view) { return false; }));
  EXPECT_LE(Depth(tree), 2 * kMaxNesting + 4);
  EXPECT_NE(Print(tree).find(" b"), std::string::npos);
}

TEST(Parser, ASkippedGroupEndsWithItsOwnParenthesis) {
  const std::string open = "(a (a (a (a (a (a (a (a ";
  EXPECT_EQ(Parsed(open + "(deep (deeper)) b)))))))) OR c "), Parsed(open + "(deep deeper) b)))))))) OR c "));
}

}  // namespace
}  // namespace quipu::query
