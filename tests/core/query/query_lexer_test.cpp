// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_lexer.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::query {
namespace {

struct Case {
  const char* name;
  const char* query;
  const char* lexemes;
};

class LexerTable : public testing::TestWithParam<Case> {};

TEST_P(LexerTable, CutsTheQuery) {
  const auto is_field = [](std::string_view name) { return name == "title"; };
  EXPECT_EQ(Print(Lex(GetParam().query, is_field)), GetParam().lexemes);
}

const Case kCases[] = {
    {"Nothing", "", ""},
    {"OnlySpace", " \t\n ", ""},
    {"Words", "green tea ", "word(green) word(tea)"},
    {"TheLastWordMayBeUnfinished", "green te", "word(green) word(te…)"},
    {"AnUnfinishedFullStopIsNotAWordsEnd", "tea .", "word(tea) word(.…)"},
    {"OperatorsAreCapital", "a AND b or C OR d", "word(a) and word(b) word(or) word(C) or word(d…)"},
    {"NotAndNear", "NOT a NEAR b NEAR/5 c", "not word(a) near/10 word(b) near/5 word(c…)"},
    {"NearIsBounded", "a NEAR/999 b NEAR/0 c", "word(a) near/50 word(b) near/1 word(c…)"},
    {"ABrokenNearIsAWord", "NEARBY NEAR/ NEAR/x NEAR/12345",
     "word(NEARBY) word(NEAR/) word(NEAR/x) word(NEAR/12345…)"},
    {"Phrase", "\"green tea\" x ", "phrase(green tea) word(x)"},
    {"CurlyQuotes", "“té verde” «agua»", "phrase(té verde) phrase(agua)"},
    {"PhrasePrefix", "\"green te*\" \"a b\"*", "phrase(green te*) phrase(a b*)"},
    {"AnUnclosedQuoteMeansNothing", "\"green tea", "word(green) word(tea…)"},
    {"AnEmptyPhraseIsDropped", "\"\" a \" \" ", "word(a)"},
    {"AQuoteEndsAWord", "a\"b c\"d", "word(a) phrase(b c) word(d…)"},
    {"Signs", "+a -b -\"c d\" +(e)", "plus word(a) minus word(b) minus phrase(c d) plus open word(e) close"},
    {"SignsInsideWordsAreText", "covid-19 a+b c++ ", "word(covid-19) word(a+b) word(c++)"},
    {"ASignAloneIsText", "a - b + ", "word(a) word(-) word(b) word(+)"},
    {"AnOptionIsText", "--verbose x ", "word(--verbose) word(x)"},
    {"Prefix", "pre* * a** ", "word(pre*) word(a*)"},
    {"Field", "title:tea title:\"a b\" title:(c",
     "field(title) word(tea) field(title) phrase(a b) field(title) open word(c…)"},
    {"AnUnknownFieldIsText", "http://x.org foo:bar ", "word(http://x.org) word(foo:bar)"},
    {"AFieldWithoutValueIsText", "title: tea title:", "word(title:) word(tea) word(title:…)"},
    {"AnOperatorAfterAFieldIsAWord", "title:AND ", "field(title) word(AND)"},
    {"Parentheses", "(a (b))", "open word(a) open word(b) close close"},
    {"ParenthesesInAWordAreText", "word(s) f(x, (word(s))",
     "word(word(s)) word(f(x,) open word(word(s)) close"},
    {"IdeographicSpace", "東京\u3000大学", "word(東京) word(大学…)"},
};

INSTANTIATE_TEST_SUITE_P(Lexer, LexerTable, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Lexer, CutsALongQueryOnACharactersEdge) {
  std::string query(kMaxQueryBytes - 1, 'a');
  query += "é and more";
  const auto lexemes = Lex(query, [](std::string_view) { return false; });
  ASSERT_EQ(lexemes.size(), 1U);
  EXPECT_EQ(lexemes[0].text, std::string(kMaxQueryBytes - 1, 'a'));
}

TEST(Lexer, TakesZeroBytesAndBrokenUtf8) {
  const auto lexemes = Lex(std::string_view("a\0b \xff\xfe\xc3", 7), [](std::string_view) { return false; });
  EXPECT_EQ(Print(lexemes), "word(a) word(b) word(\xff\xfe\xc3…)");
}

}  // namespace
}  // namespace quipu::query
