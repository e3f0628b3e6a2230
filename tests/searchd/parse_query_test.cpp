// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <string>

#include "searchd/json/parse_search_request.h"
#include "searchd/parameters/tables.h"

namespace quipu::searchd {
namespace {

Result<SearchParameterSet> Read(const QueryPairs& query) {
  const auto values = ParseQuery(SearchParameters(), query);
  if (!values) return values.error();
  return BuildSearch(*values);
}

struct Refused {
  std::string name, value, code, told;
  std::string test;
};

class QueryRefusal : public testing::TestWithParam<Refused> {};

TEST_P(QueryRefusal, HasTheContractsCodeAndSaysWhy) {
  const auto search = Read({{GetParam().name, GetParam().value}});
  ASSERT_FALSE(search.ok());
  EXPECT_EQ(CodeName(search.error().code), GetParam().code);
  EXPECT_NE(search.error().message.find(GetParam().told), std::string::npos) << search.error().message;
}

INSTANTIATE_TEST_SUITE_P(
    Table, QueryRefusal,
    testing::Values(Refused{"limit", "1001", "invalid_search_limit", "from 0 to 1000", "LimitTooHigh"},
                    Refused{"limit", "-1", "invalid_search_limit", "from 0 to 1000", "LimitNegative"},
                    Refused{"limit", "ten", "invalid_search_limit", "`ten` as an integer", "LimitInWords"},
                    Refused{"limit", "5.0", "invalid_search_limit", "as an integer", "LimitWithPoint"},
                    Refused{"limit", "", "invalid_search_limit", "as an integer", "LimitEmpty"},
                    Refused{"limit", " 5", "invalid_search_limit", "as an integer", "LimitWithSpace"},
                    Refused{"limit", "99999999999999999999", "invalid_search_limit", "as an integer",
                            "LimitBeyond64Bits"},
                    Refused{"offset", "10001", "invalid_search_offset", "from 0 to 10000", "OffsetTooHigh"},
                    Refused{"offset", "9990", "invalid_search_offset", "past hit 10000", "WindowTooFar"},
                    Refused{"page", "0", "invalid_search_page", "from 1", "PageZero"},
                    Refused{"page", "501", "invalid_search_page", "past hit 10000", "PageTooFar"},
                    Refused{"hitsPerPage", "1001", "invalid_search_hits_per_page", "from 0 to 1000",
                            "HitsPerPageTooHigh"},
                    Refused{"passages", "6", "invalid_search_passages", "from 0 to 5", "PassagesTooMany"},
                    Refused{"showRankingScore", "1", "invalid_search_show_ranking_score", "`true` or `false`",
                            "FlagAsNumber"},
                    Refused{"matchingStrategy", "any", "invalid_search_matching_strategy", "`frequency`",
                            "StrategyUnknown"},
                    Refused{"typos", "on", "invalid_search_typos", "`off`", "TyposUnknown"},
                    Refused{"locales", "es,!", "invalid_search_locales", "`!`", "LocaleIsNoTag"},
                    Refused{"q", std::string(2049, 'a'), "invalid_search_q", "at most 2048", "QueryTooLong"},
                    Refused{"showMatchesPosition", "yes", "invalid_search_show_matches_position",
                            "`true` or `false`", "PositionsNoFlag"},
                    Refused{"rankingScoreThreshold", "2", "invalid_search_ranking_score_threshold",
                            "from 0 to 1", "ThresholdTooHigh"},
                    Refused{"rankingScoreThreshold", "nan", "invalid_search_ranking_score_threshold",
                            "from 0 to 1", "ThresholdNaN"},
                    Refused{"vector", "[1]", "feature_not_enabled", "does not have", "VectorLacking"},
                    Refused{"hybrid", "{}x", "feature_not_enabled", "does not have", "HybridLacking"},
                    Refused{"limt", "5", "bad_request", "did you mean `limit`?", "NameMistyped"},
                    Refused{"hits_per_page", "5", "bad_request", "did you mean `hitsPerPage`?",
                            "NameInSnakeCase"},
                    Refused{"colour", "5", "bad_request", "Known are `q`", "NameUnlikeAny"},
                    Refused{"", "5", "bad_request", "Unknown parameter", "NameEmpty"}),
    [](const auto& tested) { return tested.param.test; });

struct Accepted {
  std::string name, value, test;
};

class QueryDefault : public testing::TestWithParam<Accepted> {};

TEST_P(QueryDefault, OfSomethingUnbuiltIsAccepted) {
  EXPECT_TRUE(Read({{GetParam().name, GetParam().value}}).ok());
}

INSTANTIATE_TEST_SUITE_P(Table, QueryDefault,
                         testing::Values(Accepted{"filter", "", "Filter"}, Accepted{"facets", "", "Facets"},
                                         Accepted{"highlightPreTag", "<em>", "PreTag"},
                                         Accepted{"highlightPostTag", "</em>", "PostTag"},
                                         Accepted{"cropLength", "10", "CropLength"},
                                         Accepted{"cropMarker", "…", "CropMarker"},
                                         Accepted{"showMatchesPosition", "false", "Positions"},
                                         Accepted{"showRankingScoreDetails", "false", "Details"},
                                         Accepted{"vector", "", "VectorEmpty"},
                                         Accepted{"vector", "null", "VectorNull"},
                                         Accepted{"retrieveVectors", "false", "RetrieveVectors"},
                                         Accepted{"typos", "off", "TyposOff"}),
                         [](const auto& tested) { return tested.param.test; });

TEST(ParseQuery, ReadsEveryParameterOfASearch) {
  const auto search = Read({{"q", "fuerza desproporcionada"},
                            {"offset", "10"},
                            {"limit", "5"},
                            {"attributesToRetrieve", "id, title,,body"},
                            {"attributesToSearchOn", "title"},
                            {"matchingStrategy", "all"},
                            {"locales", "es,pt-BR"},
                            {"passages", "3"},
                            {"showRankingScore", "true"}});
  ASSERT_TRUE(search.ok()) << search.error().message;
  EXPECT_EQ(search->request.q, "fuerza desproporcionada");
  EXPECT_EQ(search->request.offset, 10U);
  EXPECT_EQ(search->request.limit, 5U);
  EXPECT_EQ(search->request.passages, 3U);
  EXPECT_EQ(search->request.matching_strategy, search::MatchingStrategy::kAll);
  EXPECT_EQ(search->request.locales, (std::vector<std::string>{"es", "pt"}));
  EXPECT_EQ(search->request.attributes_to_search_on, std::vector<std::string>{"title"});
  EXPECT_TRUE(search->request.with_body);
  EXPECT_TRUE(search->fields.Shows("id") && search->fields.Shows("title"));
  EXPECT_FALSE(search->fields.Shows("url"));
  EXPECT_TRUE(search->show_ranking_score);
  EXPECT_FALSE(search->numbered_pages);
}

TEST(ParseQuery, WithoutParametersTakesTheContractsDefaults) {
  const auto search = Read({});
  ASSERT_TRUE(search.ok());
  EXPECT_EQ(search->request.q, "");
  EXPECT_EQ(search->request.offset, 0U);
  EXPECT_EQ(search->request.limit, 20U);
  EXPECT_EQ(search->request.passages, 1U);
  EXPECT_TRUE(search->request.attributes_to_search_on.empty());
  EXPECT_FALSE(search->request.with_body);
  EXPECT_FALSE(search->show_ranking_score);
}

TEST(ParseQuery, RefusesAParameterGivenTwice) {
  const auto search = Read({{"q", "a"}, {"q", "b"}});
  ASSERT_FALSE(search.ok());
  EXPECT_EQ(search.error().code, Code::kBadRequest);
}

TEST(ParseQuery, ReplacesMalformedBytesOfAQuery) {
  const auto search = Read({{"q", "a\xFF"}});
  ASSERT_TRUE(search.ok());
  EXPECT_EQ(search->request.q, "a\xEF\xBF\xBD");
}

TEST(ParseQuery, NumberedPagesTakeTheWindowsPlace) {
  const auto search = Read({{"page", "3"}, {"hitsPerPage", "7"}, {"limit", "50"}});
  ASSERT_TRUE(search.ok());
  EXPECT_TRUE(search->numbered_pages);
  EXPECT_EQ(search->request.offset, 14U);
  EXPECT_EQ(search->request.limit, 7U);
}

TEST(ParseQuery, PageAloneHasTwentyHits) {
  const auto search = Read({{"page", "2"}});
  ASSERT_TRUE(search.ok());
  EXPECT_EQ(search->request.offset, 20U);
  EXPECT_EQ(search->hits_per_page, 20U);
}

TEST(ParseQuery, ReachesTheVeryLastHitOfTheWindow) {
  EXPECT_TRUE(Read({{"offset", "9000"}, {"limit", "1000"}}).ok());
  EXPECT_TRUE(Read({{"offset", "10000"}, {"limit", "0"}}).ok());
  EXPECT_TRUE(Read({{"page", "500"}}).ok());
}

}  // namespace
}  // namespace quipu::searchd
