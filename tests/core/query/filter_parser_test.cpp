// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/filter_parser.h"

#include <gtest/gtest.h>

#include <string>

#include "core/query/filter_lexer.h"

namespace quipu::query {
namespace {

std::string Parsed(const std::string& text) {
  const Result<FilterNode> filter = ParseFilter(text);
  return filter ? Print(*filter) : filter.error().message;
}

struct Case {
  const char* name;
  const char* text;
  const char* result;
};

std::string NameOf(const testing::TestParamInfo<Case>& tested) { return tested.param.name; }

class FilterTree : public testing::TestWithParam<Case> {};
TEST_P(FilterTree, IsBuilt) { EXPECT_EQ(Parsed(GetParam().text), GetParam().result); }

const Case kTrees[] = {
    {"Nothing", "", "all()"},
    {"Blank", " \t\n", "all()"},
    {"Equal", "type = pdf", "one_of(type: pdf)"},
    {"EqualTight", "type=pdf", "one_of(type: pdf)"},
    {"NotEqual", "type != pdf", "not(one_of(type: pdf))"},
    {"NotEqualTight", "type!=pdf", "not(one_of(type: pdf))"},
    {"Greater", "year > 2000", "greater(year: 2000)"},
    {"AtLeast", "year>=2000", "at_least(year: 2000)"},
    {"Less", "year<2000", "less(year: 2000)"},
    {"AtMost", "year <= -2.5e3", "at_most(year: -2.5e3)"},
    {"To", "year 1990 TO 1999", "between(year: 1990, 1999)"},
    {"ToOfDates", "date 2023-01-17T10:20:30Z to now", "between(date: 2023-01-17T10:20:30Z, now)"},
    {"In", "tags IN [peru, \"human rights\"]", "one_of(tags: peru, human rights)"},
    {"InOfOne", "tags in[peru]", "one_of(tags: peru)"},
    {"InOfNone", "tags IN []", "one_of(tags)"},
    {"InWithLastComma", "tags IN [a,b,]", "one_of(tags: a, b)"},
    {"NotIn", "tags NOT IN [a]", "not(one_of(tags: a))"},
    {"Exists", "tags EXISTS", "exists(tags)"},
    {"NotExists", "tags NOT EXISTS", "not(exists(tags))"},
    {"IsNull", "tags IS NULL", "is_null(tags)"},
    {"IsNotNull", "tags IS NOT NULL", "not(is_null(tags))"},
    {"IsEmpty", "tags is empty", "is_empty(tags)"},
    {"IsNotEmpty", "tags Is Not Empty", "not(is_empty(tags))"},
    {"Contains", "title CONTAINS informe", "contains(title: informe)"},
    {"NotContains", "title NOT CONTAINS informe", "not(contains(title: informe))"},
    {"StartsWith", "url STARTS WITH 'https://a.org/?x=1'", "starts_with(url: https://a.org/?x=1)"},
    {"NotStartsWith", "url NOT STARTS WITH a", "not(starts_with(url: a))"},
    {"Not", "NOT type = pdf", "not(one_of(type: pdf))"},
    {"NotTwice", "not NOT type = pdf", "one_of(type: pdf)"},
    {"NotBeforeAField", "NOT tags EXISTS", "not(exists(tags))"},
    {"And", "a = 1 AND b = 2 and c = 3", "all(one_of(a: 1), one_of(b: 2), one_of(c: 3))"},
    {"AndBindsTighter", "a = 1 OR b = 2 AND c = 3", "any(one_of(a: 1), all(one_of(b: 2), one_of(c: 3)))"},
    {"Parentheses", "(a = 1 OR b = 2) AND c = 3", "all(any(one_of(a: 1), one_of(b: 2)), one_of(c: 3))"},
    {"ParenthesesOfOne", "((a = 1))", "one_of(a: 1)"},
    {"NotBeforeParentheses", "NOT(a = 1 OR b = 2)", "not(any(one_of(a: 1), one_of(b: 2)))"},
    {"NotBindsTightest", "NOT a = 1 AND b = 2", "all(not(one_of(a: 1)), one_of(b: 2))"},
    {"Contract",
     "language = es AND (date >= 2023-01-01 OR tags IN [peru, \"human rights\"]) AND NOT type = pdf",
     "all(one_of(language: es), any(at_least(date: 2023-01-01), one_of(tags: peru, human rights)), "
     "not(one_of(type: pdf)))"},
    {"DottedName", "author.name = Ana", "one_of(author.name: Ana)"},
    {"QuotedName", "'my field' = 1", "one_of(my field: 1)"},
    {"SingleQuotes", "a = 'x y'", "one_of(a: x y)"},
    {"QuoteInTheOther", R"(a = "it's")", "one_of(a: it's)"},
    {"EscapedQuote", R"(a = 'it\'s')", "one_of(a: it's)"},
    {"EscapedDoubleQuote", R"(a = "say \"x\"")", R"(one_of(a: say "x"))"},
    {"EscapedBackslash", R"(a = "c:\\")", R"(one_of(a: c:\))"},
    {"LoneBackslash", R"(a = "c:\d")", R"(one_of(a: c:\d))"},
    {"ApostropheInAWord", "author = O'Brien", "one_of(author: O'Brien)"},
    {"EmptyValue", "a = ''", "one_of(a: )"},
    {"KeywordsAsValues", "language IN [is, or, in, to, not] AND type = and",
     "all(one_of(language: is, or, in, to, not), one_of(type: and))"},
    {"KeywordAsAField", "not = 1 AND in > 2", "all(one_of(not: 1), greater(in: 2))"},
    {"QuotedKeyword", "a = 'x' OR \"and\" = 1", "any(one_of(a: x), one_of(and: 1))"},
    {"OtherScripts", "país = Perú AND 言語=日本語", "all(one_of(país: Perú), one_of(言語: 日本語))"},
};
INSTANTIATE_TEST_SUITE_P(Filters, FilterTree, testing::ValuesIn(kTrees), NameOf);

class FilterFault : public testing::TestWithParam<Case> {};
TEST_P(FilterFault, NamesColumnAndExpectation) {
  const Result<FilterNode> filter = ParseFilter(GetParam().text);
  ASSERT_FALSE(filter);
  EXPECT_EQ(filter.error().code, Code::kInvalidSearchFilter);
  EXPECT_EQ(filter.error().message.find(GetParam().result), 0U) << filter.error().message;
}

const Case kFaults[] = {
    {"OnlyAField", "type", "Column 5 of `filter`: expected `=`, `!=`, "},
    {"NoValue", "type =", "Column 7 of `filter`: expected a value, found the end."},
    {"NoField", "= pdf", "Column 1 of `filter`: expected a field, `NOT` or `(`, found `=`."},
    {"TwoOperators", "type = = pdf", "Column 8 of `filter`: expected a value, found `=`."},
    {"ValueWithASpace", "tags = human rights",
     "Column 14 of `filter`: expected `AND`, `OR` or the end, found `rights`; a value with spaces needs "
     "quotes."},
    {"WordBehindAQuote", "tags = 'a' rights",
     "Column 12 of `filter`: expected `AND`, `OR` or the end, found `rights`."},
    {"NotClosedQuote", "tags = \"human rights", "Column 8 of `filter`: this quote is not closed."},
    {"NotClosedSingleQuote", "a = 1 AND b = 'x\\'", "Column 15 of `filter`: this quote is not closed."},
    {"NotClosedParenthesis", "(a = 1 OR b = 2", "Column 1 of `filter`: this `(` is not closed."},
    {"NeverOpened", "a = 1)", "Column 6 of `filter`: this `)` was never opened."},
    {"EmptyParentheses", "()", "Column 2 of `filter`: expected a field, `NOT` or `(`, found `)`."},
    {"NotClosedList", "a IN [1, 2", "Column 6 of `filter`: this `[` is not closed."},
    {"NotClosedListAfterAComma", "a IN [1,", "Column 6 of `filter`: this `[` is not closed."},
    {"ListWithoutCommas", "a IN [1 2]", "Column 9 of `filter`: expected `,` or `]` in the list, found `2`."},
    {"ListOfCommas", "a IN [,]", "Column 7 of `filter`: expected a value, found `,`."},
    {"InWithoutAList", "a IN 1", "Column 6 of `filter`: expected `[` after `IN`, found `1`."},
    {"AndAtTheEnd", "a = 1 AND", "Column 10 of `filter`: expected a field, `NOT` or `(`, found the end."},
    {"OrAtTheBeginning", "OR a = 1", "Column 4 of `filter`: expected `=`, "},
    {"ExclamationMark", "!a = 1", "Column 1 of `filter`: expected `!=`; to exclude, write `NOT`"},
    {"IsWithoutNull", "a IS 1",
     "Column 6 of `filter`: expected `NULL`, `EMPTY` or `NOT` after `IS`, found `1`."},
    {"IsNotWithoutNull", "a IS NOT 1", "Column 10 of `filter`: expected `NULL` or `EMPTY` after `IS NOT`"},
    {"NotWithoutIn", "a NOT 1",
     "Column 7 of `filter`: expected `IN`, `EXISTS`, `CONTAINS` or `STARTS WITH` after"},
    {"StartsWithoutWith", "a STARTS b", "Column 10 of `filter`: expected `WITH` after `STARTS`, found `b`."},
    {"ToWithoutAnEnd", "a 1 TO", "Column 7 of `filter`: expected a value, found the end."},
    {"EmptyName", "'' = 1", "Column 1 of `filter`: the name of a field cannot be empty."},
    {"CountsCharactersNotBytes", "país = Perú AND ciudad", "Column 23 of `filter`: expected `=`"},
    {"DoubleEquals", "a == 1", "Column 4 of `filter`: expected a value, found `=`."},
    {"Geo", "_geoRadius(1, 2, 3)", "Column 11 of `filter`: expected `=`, "},
};
INSTANTIATE_TEST_SUITE_P(Filters, FilterFault, testing::ValuesIn(kFaults), NameOf);

TEST(ParseFilter, BoundsDepthLengthAndValues) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '(') + "a = 1" +
           std::string(static_cast<std::size_t>(depth), ')');
  };
  EXPECT_TRUE(ParseFilter(nested(kMaxFilterDepth)));
  EXPECT_NE(Parsed(nested(kMaxFilterDepth + 1)).find("Column 65 of `filter`: more than 64"),
            std::string::npos);
  EXPECT_NE(Parsed(nested(100'000)).find("Column 65"), std::string::npos);
  EXPECT_NE(Parsed(std::string(kMaxFilterBytes + 1, 'a')).find("at most 262144"), std::string::npos);

  std::string list = "a IN [";
  for (std::size_t i = 0; i < kMaxFilterTerms; ++i) list += "1,";
  EXPECT_TRUE(ParseFilter(list + "]"));
  EXPECT_NE(Parsed(list + "1]").find("at most 10000 values"), std::string::npos);

  std::string nots;
  for (int i = 0; i < 50'001; ++i) nots += "NOT ";
  EXPECT_EQ(Parsed(nots + "a = 1"), "not(one_of(a: 1))");
}

TEST(ParseFilter, NamesThePartOfAFilterOfSeveral) {
  EXPECT_EQ(ParseFilter("a", "filter[1][0]").error().message.find("Column 2 of `filter[1][0]`: "), 0U);
}

TEST(AllOf, LeavesOutWhatLetsEverythingThrough) {
  EXPECT_EQ(Print(AllOf({})), "all()");
  EXPECT_EQ(Print(AllOf({FilterNode(), *ParseFilter("a = 1")})), "one_of(a: 1)");
  EXPECT_EQ(Print(AnyOf({FilterNode()})), "all()");
  EXPECT_EQ(Print(AnyOf({*ParseFilter("a = 1"), *ParseFilter("b = 1")})), "any(one_of(a: 1), one_of(b: 1))");
}

TEST(UsesClock, FindsRelativeDatesAnywhere) {
  EXPECT_TRUE(UsesClock(*ParseFilter("a = 1 OR NOT (b = 2 AND date >= now-1y)")));
  EXPECT_FALSE(UsesClock(*ParseFilter("a = 1 OR date >= 2023 OR now EXISTS")));
}

}  // namespace
}  // namespace quipu::query
