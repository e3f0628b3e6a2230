// SPDX-License-Identifier: GPL-2.0-or-later
// Marked fields, explained scores, several searches at once, similar documents and feeds over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/searchd/served_app.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class AnswersTest : public ::testing::Test {
 protected:
  AnswersTest() : served_({"docs", "empty", "seeds"}) {
    schema::Document report = MakeDocument("a/b", "<script>alert(1)</script> La fuerza",
                                           "La policía hizo uso de la fuerza desproporcionada contra "
                                           "manifestantes en la ciudad de Lima, dijo el informe.");
    report.fields["tags"] = std::vector<schema::Scalar>{std::string("fuerza & ley"), 2023.0, true};
    report.date = "2023-01-17";
    schema::Document evil = MakeDocument("evil", "Fuerza \x01 & más", "Otra fuerza.");
    evil.url = "javascript:alert('fuerza')";
    evil.date = "2024-02-03T04:05:06Z";
    evil.language = "es\"><x>";
    evil.fields["section"] = std::string("policía nacional");
    served_.Put("seeds",
                {report, evil, MakeDocument("rain", "La lluvia", "Un texto sobre la lluvia y el viento.")});
    served_.Put("docs",
                {MakeDocument("d1", "Fuerza", "Del viento."), MakeDocument("d2", "Piedras", "Nada.")});
    served_.Start();
  }

  test::RawAnswer Get(std::string_view target, const test::HttpClient::Headers& headers = {}) {
    return served_.client().Get(target, headers);
  }
  json Post(std::string_view target, const json& body) {
    const auto answer = served_.client().PostJson(target, body.dump());
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  json Search(const json& body) { return Post("/indexes/seeds/search", body); }
  void ExpectError(std::string_view target, const json& body, int status, std::string_view code,
                   std::string_view message) {
    const auto answer = served_.client().PostJson(target, body.dump());
    EXPECT_EQ(answer.status, status) << answer.body;
    const json error = json::parse(answer.body);
    EXPECT_EQ(error["code"], code);
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(std::string(message)));
  }

  ServedApp served_;
};

TEST_F(AnswersTest, MarksAndShortensFields) {
  const json answer = Search({{"q", "fuerza desproporcionada"},
                              {"limit", 1},
                              {"attributesToHighlight", {"*"}},
                              {"attributesToCrop", {"body:4"}},
                              {"showMatchesPosition", true}});
  const json& hit = answer["hits"][0];
  const json& formatted = hit["_formatted"];
  EXPECT_EQ(formatted["title"], "&lt;script&gt;alert(1)&lt;/script&gt; La <em>fuerza</em>");
  EXPECT_EQ(formatted["tags"], json::parse(R"(["<em>fuerza</em> &amp; ley", "2023", true])"));
  EXPECT_EQ(formatted["body"], "…la <em>fuerza</em> <em>desproporcionada</em> contra…");
  EXPECT_FALSE(hit.contains("body"));
  const std::string title = hit["title"];
  const json position = hit["_matchesPosition"]["title"][0];
  EXPECT_EQ(title.substr(position["start"], position["length"]), "fuerza");
  EXPECT_EQ(hit["_matchesPosition"]["tags"], json::parse(R"([{"start":0,"length":6,"indices":[0]}])"));
}

TEST_F(AnswersTest, NothingInADocumentPutsMarkupOrAScriptIntoAnAnswer) {
  const json answer =
      Search({{"q", "fuerza"}, {"attributesToHighlight", {"*"}}, {"showMatchesPosition", true}});
  for (const json& hit : answer["hits"]) {
    const std::string formatted = hit["_formatted"].dump();
    EXPECT_THAT(formatted, Not(HasSubstr("<script")));
    EXPECT_THAT(formatted, Not(HasSubstr("javascript:")));
    if (hit["id"] == "evil") {
      EXPECT_EQ(hit["_formatted"]["url"], "");
      EXPECT_FALSE(hit["_matchesPosition"].contains("url"));
    }
  }
}

TEST_F(AnswersTest, TagsThatAreNoMarkupLeaveTheTextAsItIs) {
  const json answer = Search({{"q", "fuerza ley"},
                              {"limit", 1},
                              {"attributesToHighlight", {"tags"}},
                              {"highlightPreTag", "__ais-highlight__"},
                              {"highlightPostTag", "__/ais-highlight__"}});
  EXPECT_EQ(answer["hits"][0]["_formatted"]["tags"][0],
            "__ais-highlight__fuerza__/ais-highlight__ & __ais-highlight__ley__/ais-highlight__");
}

TEST_F(AnswersTest, GetTakesTheSame) {
  const auto answer = Get(
      "/indexes/seeds/search?q=lluvia&attributesToHighlight=title&attributesToCrop=body:2,title&cropLength=1"
      "&cropMarker=~&attributesToRetrieve=id&passages=0");
  ASSERT_EQ(answer.status, 200) << answer.body;
  EXPECT_EQ(
      json::parse(answer.body)["hits"],
      json::parse(
          R"([{"id":"rain","_formatted":{"id":"rain","title":"~<em>lluvia</em>","body":"~lluvia y~"}}])"))
      << answer.body;
}

TEST_F(AnswersTest, RefusesWhatIsOutOfRange) {
  ExpectError("/indexes/seeds/search", {{"attributesToCrop", {"body:1001"}}}, 400,
              "invalid_search_attributes_to_crop", "body:1001");
  ExpectError("/indexes/seeds/search", {{"cropLength", 1001}}, 400, "invalid_search_crop_length", "1000");
  ExpectError("/indexes/seeds/search", {{"highlightPreTag", std::string(257, 'x')}}, 400,
              "invalid_search_highlight_pre_tag", "257");
  ExpectError("/indexes/seeds/search", {{"attributesToHighlight", std::vector<std::string>(257, "a")}}, 400,
              "invalid_search_attributes_to_highlight", "256");
  ExpectError("/indexes/seeds/search", {{"rankingScoreThreshold", 1.5}}, 400,
              "invalid_search_ranking_score_threshold", "from 0 to 1");
  ExpectError("/indexes/seeds/search", {{"duplicates", "hide"}}, 400, "invalid_search_duplicates", "`fold`");
}

TEST_F(AnswersTest, SearchesOnFieldsThatDocumentsBrought) {
  const json answer = Search(
      {{"q", "policía"}, {"attributesToSearchOn", {"section"}}, {"attributesToRetrieve", {"id", "nobodys"}}});
  ASSERT_EQ(answer["hits"].size(), 1U);
  EXPECT_EQ(answer["hits"][0]["id"], "evil");
  EXPECT_EQ(answer["hits"][0].size(), 2U) << "id and _passages; unknown names mean nothing";
  ExpectError("/indexes/seeds/search", {{"q", "a"}, {"attributesToSearchOn", {"nobodys"}}}, 400,
              "invalid_search_attributes_to_search_on", "`nobodys`");
}

TEST_F(AnswersTest, ExplainsScoresAndTimes) {
  const json answer = Search({{"q", "fuerza policía "},
                              {"showRankingScore", true},
                              {"showRankingScoreDetails", true},
                              {"showPerformanceDetails", true}});
  for (const json& hit : answer["hits"]) {
    double sum = 0;
    for (const json& term : hit["_rankingScoreDetails"]["terms"]) {
      sum += term["score"].get<double>();
      EXPECT_FALSE(term["explanation"].get<std::string>().empty());
    }
    EXPECT_NEAR(sum, hit["_rankingScore"], 1e-9);
  }
  EXPECT_TRUE(answer["performanceDetails"].contains("search > match"));
  EXPECT_FALSE(Search({{"q", "fuerza"}}).contains("performanceDetails"));
  EXPECT_FALSE(Search({{"q", "fuerza"}}).contains("explanation"));
}

TEST_F(AnswersTest, HitsBelowTheThresholdAreNotCounted) {
  const json all = Search({{"q", "fuerza lluvia"}, {"showRankingScore", true}});
  const double best = all["hits"][0]["_rankingScore"];
  const json some = Search({{"q", "fuerza lluvia"}, {"rankingScoreThreshold", best}});
  EXPECT_LT(some["estimatedTotalHits"], all["estimatedTotalHits"]);
  EXPECT_EQ(some["estimatedTotalHits"], some["hits"].size());
}

TEST_F(AnswersTest, AnswersSeveralSearches) {
  const json answer = Post(
      "/multi-search",
      {{"queries",
        {{{"indexUid", "seeds"}, {"q", "lluvia"}}, {{"indexUid", "docs"}, {"q", "fuerza"}, {"limit", 1}}}}});
  ASSERT_EQ(answer["results"].size(), 2U);
  EXPECT_EQ(answer["results"][0]["indexUid"], "seeds");
  EXPECT_EQ(answer["results"][0]["hits"][0]["id"], "rain");
  EXPECT_EQ(answer["results"][1]["indexUid"], "docs");
  EXPECT_EQ(answer["results"][1]["limit"], 1);
  EXPECT_EQ(Post("/multi-search", {{"queries", json::array()}}), json::parse(R"({"results":[]})"));
}

TEST_F(AnswersTest, MergesSeveralSearches) {
  const json queries = {
      {{"indexUid", "seeds"}, {"q", "fuerza manifestantes "}, {"attributesToHighlight", {"title"}}},
      {{"indexUid", "docs"}, {"q", "fuerza manifestantes "}, {"passages", 0}},
      {{"indexUid", "seeds"}, {"q", "fuerza manifestantes "}}};
  const json answer = Post("/multi-search", {{"federation", json::object()}, {"queries", queries}});
  std::vector<std::string> ids;
  double last = 2;
  for (const json& hit : answer["hits"]) {
    ids.push_back(hit["id"]);
    const double score = hit["_federation"]["weightedRankingScore"];
    EXPECT_LE(score, last);
    last = score;
    const bool docs = hit["_federation"]["indexUid"] == "docs";
    EXPECT_EQ(hit["_federation"]["queriesPosition"], docs ? 1 : 0) << "the third finds what the first has";
    EXPECT_EQ(hit.contains("_formatted"), !docs) << "each as its own query asks";
    EXPECT_EQ(hit.contains("_passages"), !docs);
  }
  EXPECT_EQ(answer["estimatedTotalHits"], ids.size());
  EXPECT_EQ(answer["totalRelation"], "eq");
  ASSERT_GE(ids.size(), 3U);
  EXPECT_EQ(ids[0], "a/b") << "has both words";
  // Pages of the list follow each other.
  std::vector<std::string> paged;
  for (std::size_t offset = 0; offset < ids.size(); ++offset) {
    const json page =
        Post("/multi-search", {{"federation", {{"offset", offset}, {"limit", 1}}}, {"queries", queries}});
    ASSERT_EQ(page["hits"].size(), 1U) << offset;
    paged.push_back(page["hits"][0]["id"]);
  }
  EXPECT_EQ(paged, ids);
}

TEST_F(AnswersTest, WeighsTheQueriesOfAMergedSearch) {
  const auto first = [&](double weight) {
    return Post("/multi-search", {{"federation", json::object()},
                                  {"queries",
                                   {{{"indexUid", "seeds"}, {"q", "fuerza "}},
                                    {{"indexUid", "docs"},
                                     {"q", "piedras "},
                                     {"federationOptions", {{"weight", weight}}}}}}})["hits"][0]["id"];
  };
  EXPECT_EQ(first(100), "d2");
  EXPECT_NE(first(0.01), "d2");
}

TEST_F(AnswersTest, SaysWhichOfTheQueriesIsWrong) {
  const json right = {{"indexUid", "seeds"}, {"q", "a"}};
  const auto with = [&](json wrong, bool federated = false) {
    json body = {{"queries", {right, right, std::move(wrong)}}};
    if (federated) body["federation"] = json::object();
    return body;
  };
  const std::string third = "Inside `.queries[2]`: ";
  ExpectError("/multi-search", with({{"indexUid", "nope"}}), 404, "index_not_found", third + "Index `nope`");
  ExpectError("/multi-search", with({{"indexUid", "empty"}}), 503, "index_unavailable",
              third + "Index `empty`");
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"limt", 1}}), 400, "bad_request", third);
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"limit", -1}}), 400, "invalid_search_limit",
              third);
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"filter", "a ="}}), 400, "invalid_search_filter",
              third);
  ExpectError("/multi-search", with({{"q", "a"}}), 400, "bad_request", third + "`indexUid`");
  ExpectError("/multi-search", with(json(7)), 400, "bad_request", third);
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"limit", 1}}, true), 400, "bad_request", third);
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"sort", {"date:desc"}}}, true), 400,
              "invalid_search_sort", third + "`sort` differs");
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"facets", {"tags"}}}, true), 400,
              "feature_not_enabled", third + "`facets`");
  ExpectError("/multi-search", with({{"indexUid", "seeds"}, {"federationOptions", {{"weight", 1}}}}), 400,
              "bad_request", third + "`federationOptions`");
  ExpectError("/multi-search", {{"queries", json::array()}, {"federation", {{"limit", 5000}}}}, 400,
              "bad_request", "Inside `.federation`");
  ExpectError("/multi-search", {{"queries", std::vector<json>(51, right)}}, 400, "bad_request", "at most 50");
  ExpectError("/multi-search", json::object(), 400, "bad_request", "`queries`");
}

TEST_F(AnswersTest, FindsSimilarDocuments) {
  const json answer =
      Post("/indexes/seeds/similar", {{"id", "a/b"}, {"showRankingScore", true}, {"embedder", "x"}});
  EXPECT_EQ(answer["id"], "a/b");
  ASSERT_GE(answer["hits"].size(), 1U);
  for (const json& hit : answer["hits"]) {
    EXPECT_NE(hit["id"], "a/b");
    EXPECT_GT(hit["_rankingScore"], 0);
  }
  const auto by_get = Get("/indexes/seeds/similar?id=a%2Fb&limit=1&attributesToRetrieve=id");
  EXPECT_EQ(json::parse(by_get.body)["hits"][0], json({{"id", answer["hits"][0]["id"]}}));
  EXPECT_EQ(Get("/indexes/seeds/similar?id=a%2Fb",
                {{"If-None-Match", Get("/indexes/seeds/similar?id=a%2Fb").Header("etag")}})
                .status,
            304);
  EXPECT_EQ(Post("/indexes/seeds/similar", {{"id", "a/b"}, {"filter", "language = en"}})["hits"].size(), 0U);
  ExpectError("/indexes/seeds/similar", {{"id", "nope"}}, 404, "document_not_found", "`nope`");
  ExpectError("/indexes/seeds/similar", json::object(), 400, "bad_request", "`id`");
}

TEST_F(AnswersTest, FeedsTheNewestFirst) {
  const auto feed = Get("/indexes/seeds/feed?q=fuerza");
  ASSERT_EQ(feed.status, 200) << feed.body;
  EXPECT_EQ(feed.Header("content-type"), "application/atom+xml; charset=utf-8");
  EXPECT_THAT(feed.Header("cache-control"), HasSubstr("s-maxage"));
  EXPECT_LT(feed.body.find("2024-02-03T04:05:06Z"), feed.body.find("2023-01-17T00:00:00Z"));
  EXPECT_THAT(feed.body, Not(HasSubstr("<script")));
  EXPECT_THAT(feed.body, Not(HasSubstr("javascript:")));
  EXPECT_THAT(feed.body, Not(HasSubstr("\x01")));
  EXPECT_THAT(feed.body, HasSubstr("rel=\"self\""));
  EXPECT_THAT(feed.body, HasSubstr("/indexes/seeds/feed?q=fuerza\""));
  EXPECT_THAT(feed.body, HasSubstr("<title>fuerza – The seeds</title>"));
  EXPECT_THAT(feed.body, Not(HasSubstr("lluvia")));
  EXPECT_EQ(Get("/indexes/seeds/feed?q=fuerza", {{"If-None-Match", feed.Header("etag")}}).status, 304);
  // Ids stay whatever is asked.
  const std::size_t at = feed.body.find("<id>", feed.body.find("<entry"));
  const std::string id = feed.body.substr(at, feed.body.find("</id>", at) - at);
  EXPECT_THAT(id, HasSubstr("urn:uuid:"));
  EXPECT_THAT(Get("/indexes/seeds/feed?limit=1&q=").body, HasSubstr(id));
  EXPECT_EQ(Get("/indexes/nope/feed").status, 404);
}

}  // namespace
}  // namespace quipu::searchd
