// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <string>

#include "searchd/json/parse_search_request.h"
#include "searchd/parameters/tables.h"

namespace quipu::searchd {
namespace {

Result<SearchParameterSet> Read(std::string_view body) {
  const auto values = ParseBody(SearchParameters(), body);
  if (!values) return values.error();
  return BuildSearch(*values);
}

struct Refused {
  std::string body, code, told, test;
};

class BodyRefusal : public testing::TestWithParam<Refused> {};

TEST_P(BodyRefusal, HasTheContractsCodeAndSaysWhy) {
  const auto search = Read(GetParam().body);
  ASSERT_FALSE(search.ok());
  EXPECT_EQ(CodeName(search.error().code), GetParam().code);
  EXPECT_NE(search.error().message.find(GetParam().told), std::string::npos) << search.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BodyRefusal,
    testing::Values(
        Refused{"", "malformed_payload", "empty", "Empty"},
        Refused{"{", "malformed_payload", "JSON", "Unfinished"},
        Refused{"{\"q\":\"a\"} x", "malformed_payload", "JSON", "Trailing"},
        Refused{"{'q':'a'}", "malformed_payload", "JSON", "SingleQuotes"},
        Refused{"{\"q\":\"\xFF\"}", "malformed_payload", "UTF-8", "NotUtf8"},
        Refused{"[]", "bad_request", "expected an object", "Array"},
        Refused{"\"q\"", "bad_request", "expected an object", "String"},
        Refused{R"({"q":5})", "invalid_search_q", "a string, but found number: `5`", "QueryNumber"},
        Refused{R"({"q":["a"]})", "invalid_search_q", "an array", "QueryArray"},
        Refused{R"({"limit":"5"})", "invalid_search_limit", "an integer, but found string", "LimitText"},
        Refused{R"({"limit":5.5})", "invalid_search_limit", "an integer", "LimitFraction"},
        Refused{R"({"limit":1001})", "invalid_search_limit", "from 0 to 1000", "LimitTooHigh"},
        Refused{R"({"limit":-1})", "invalid_search_limit", "from 0 to 1000", "LimitNegative"},
        Refused{R"({"limit":18446744073709551615})", "invalid_search_limit", "from 0 to 1000", "LimitHuge"},
        Refused{R"({"limit":1e400})", "malformed_payload", "JSON", "LimitInfinite"},
        Refused{R"({"offset":-9223372036854775808})", "invalid_search_offset", "from 0", "OffsetMost"},
        Refused{R"({"page":0})", "invalid_search_page", "from 1", "PageZero"},
        Refused{R"({"hitsPerPage":true})", "invalid_search_hits_per_page", "an integer", "HitsPerPageFlag"},
        Refused{R"({"attributesToRetrieve":"title"})", "invalid_search_attributes_to_retrieve",
                "array of strings", "RetrieveText"},
        Refused{R"({"attributesToRetrieve":["title",1]})", "invalid_search_attributes_to_retrieve",
                "array of strings", "RetrieveMixed"},
        Refused{R"({"showRankingScore":"true"})", "invalid_search_show_ranking_score", "`true` or `false`",
                "ScoreText"},
        Refused{R"({"passages":6})", "invalid_search_passages", "from 0 to 5", "PassagesTooMany"},
        Refused{R"({"matchingStrategy":"LAST"})", "invalid_search_matching_strategy", "`last`",
                "StrategyCase"},
        Refused{R"({"filter":5})", "invalid_search_filter", "a string, or an array", "FilterNumber"},
        Refused{R"({"filter":[["a",["b"]]]})", "invalid_search_filter", "a string, or an array",
                "FilterTooDeep"},
        Refused{R"({"facets":"*"})", "invalid_search_facets", "array of strings", "FacetsText"},
        Refused{R"({"cropLength":1001})", "invalid_search_crop_length", "from 0 to 1000", "CropTooLong"},
        Refused{R"({"vector":[0.1]})", "feature_not_enabled", "does not have", "Vector"},
        Refused{R"({"hybrid":{"embedder":"a"}})", "feature_not_enabled", "does not have", "Hybrid"},
        Refused{R"({"retrieveVectors":true})", "feature_not_enabled", "does not have", "RetrieveVectors"},
        Refused{R"({"hitsPerpage":5})", "bad_request", "did you mean `hitsPerPage`?", "NameCase"},
        Refused{R"({"query":"a"})", "bad_request", "Known are `q`", "NameUnlikeAny"}),
    [](const auto& tested) { return tested.param.test; });

class BodyDefault : public testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(BodyDefault, AsksForNothing) {
  const auto search = Read(GetParam().second);
  EXPECT_TRUE(search.ok()) << search.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Table, BodyDefault,
    testing::Values(
        std::pair{"Nothing", "{}"}, std::pair{"NullQuery", R"({"q":null})"},
        std::pair{"NullLimit", R"({"limit":null,"page":null})"},
        std::pair{"NullFilter", R"({"filter":null})"}, std::pair{"EmptyFilter", R"({"filter":[]})"},
        std::pair{"EmptyText", R"({"filter":""})"}, std::pair{"EmptyFacets", R"({"facets":[]})"},
        std::pair{"Tags", R"({"highlightPreTag":"<em>","highlightPostTag":"</em>","cropMarker":"…"})"},
        std::pair{"Flags", R"({"showMatchesPosition":false,"showRankingScoreDetails":false})"},
        std::pair{"Lacking",
                  R"({"vector":null,"hybrid":{},"media":[],"retrieveVectors":false,"personalize":""})"}),
    [](const auto& tested) { return std::string(tested.param.first); });

TEST(ParseBody, ReadsWhatTheQueryStringReads) {
  const auto search = Read(
      R"({"q":"fuerza","offset":10,"limit":5,"attributesToRetrieve":["id","body"],"passages":0,)"
      R"("showRankingScore":true,"matchingStrategy":"frequency","locales":["spa"],"attributesToSearchOn":["*"]})");
  ASSERT_TRUE(search.ok()) << search.error().message;
  EXPECT_EQ(search->request.q, "fuerza");
  EXPECT_EQ(search->request.offset, 10U);
  EXPECT_EQ(search->request.limit, 5U);
  EXPECT_EQ(search->request.passages, 0U);
  EXPECT_TRUE(search->request.with_body);
  EXPECT_EQ(search->request.matching_strategy, search::MatchingStrategy::kFrequency);
  EXPECT_EQ(search->request.locales, std::vector<std::string>{"es"});
  EXPECT_TRUE(search->request.attributes_to_search_on.empty());
  EXPECT_TRUE(search->show_ranking_score);
}

TEST(ParseBody, RefusesDepthsThatNoRequestNeedsBeforeReadingThem) {
  const std::string deep = std::string(500000, '[') + std::string(500000, ']');
  const auto search = Read("{\"filter\":" + deep + "}");
  ASSERT_FALSE(search.ok());
  EXPECT_EQ(search.error().code, Code::kMalformedPayload);
}

TEST(ParseBody, CountsNoBracketsInsideStrings) {
  EXPECT_TRUE(Read("{\"q\":\"" + std::string(200, '[') + "\\\"" + std::string(200, '{') + "\"}").ok());
}

TEST(ParseBody, NamesOfAPagesLengthDoNotComeBack) {
  const auto search = Read("{\"" + std::string(100000, 'x') + "\":1}");
  ASSERT_FALSE(search.ok());
  EXPECT_LT(search.error().message.size(), 1000U);
}

}  // namespace
}  // namespace quipu::searchd
