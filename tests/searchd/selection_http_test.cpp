// SPDX-License-Identifier: GPL-2.0-or-later
// Filters, facets, sort, distinct and facet-search over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/searchd/served_app.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;
using schema::Scalar;
using test::RawAnswer;
using ::testing::HasSubstr;

class SelectionHttpTest : public ::testing::Test {
 protected:
  SelectionHttpTest() : served_({"seeds"}) {
    served_.config().indexes["seeds"].facets = {"tags", "language", "year"};
    served_.config().indexes["seeds"].sortable = {"date", "year"};
    served_.Put("seeds",
                {Item("a", "es", "2023-01-17", 2023, {std::string("Perú"), std::string("human rights")}),
                 Item("b", "en", "2021-05-01", 2021, {std::string("peru")}),
                 Item("c", "es", "2022-01-01", 2022, {std::string("water"), std::string("Perú")}),
                 Item("d", "fr", "", 2021, {})});
    served_.Start();
  }

  static schema::Document Item(const std::string& id, const std::string& language, const std::string& date,
                               double year, std::vector<Scalar> tags) {
    schema::Document document = MakeDocument(id, "Informe " + id, "La fuerza del viento.");
    document.language = language;
    document.date = date;
    document.fields["year"] = year;
    if (!tags.empty()) document.fields["tags"] = std::move(tags);
    return document;
  }

  RawAnswer Get(const std::string& target, const test::HttpClient::Headers& headers = {}) {
    return served_.client().Get(target, headers);
  }
  RawAnswer Post(const std::string& body, const std::string& route = "search") {
    return served_.client().PostJson("/indexes/seeds/" + route, body);
  }
  json Parsed(const RawAnswer& answer) {
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  std::string Ids(const json& answer, const char* list = "hits") {
    std::string ids;
    for (const json& hit : answer[list]) ids += hit["id"].get<std::string>();
    return ids;
  }
  void ExpectError(const RawAnswer& answer, std::string_view code, std::string_view message) {
    EXPECT_EQ(answer.status, 400) << answer.body;
    const json error = json::parse(answer.body, nullptr, false);
    ASSERT_TRUE(error.is_object()) << answer.body;
    EXPECT_EQ(error["code"], code);
    EXPECT_THAT(error["message"].get<std::string>(), HasSubstr(std::string(message)));
  }

  ServedApp served_;
};

TEST_F(SelectionHttpTest, FiltersByTextAndByArrays) {
  EXPECT_EQ(Ids(Parsed(Get("/indexes/seeds/search?q=viento&filter=language%20%3D%20es&sort=year:asc"))),
            "ca");
  EXPECT_EQ(Ids(Parsed(
                Get("/indexes/seeds/search?sort=year:asc&filter=%5B%5B%22year%3D2021%22,%22year%3D2022%22%5D,"
                    "%22tags%20EXISTS%22%5D"))),
            "bc");
  EXPECT_EQ(Ids(Parsed(Post(R"({"filter": "tags = PERU AND date < 2023", "sort": ["date:desc"]})"))), "cb");
  EXPECT_EQ(Ids(Parsed(Post(R"({"filter": ["tags = peru", ["language = en", "language = fr"]]})"))), "b");
  EXPECT_EQ(Parsed(Post(R"({"filter": []})"))["estimatedTotalHits"], 4);
  EXPECT_EQ(Parsed(Post(R"({"filter": null})"))["estimatedTotalHits"], 4);
  EXPECT_EQ(Parsed(Get("/indexes/seeds/search?filter="))["estimatedTotalHits"], 4);
}

TEST_F(SelectionHttpTest, SaysWhatIsWrongWithAFilter) {
  ExpectError(Get("/indexes/seeds/search?filter=tags%20%3D%20human%20rights"), "invalid_search_filter",
              "Column 14 of `filter`: expected `AND`, `OR` or the end, found `rights`");
  ExpectError(Post(R"({"filter": ["language = es", ["year > many"]]})"), "invalid_search_filter",
              "Column 8 of `filter[1][0]`: `many` is not a number");
  ExpectError(Post(R"({"filter": "colour = red"})"), "invalid_search_filter", "there is no field `colour`");
  ExpectError(Post(R"({"filter": [["a = 1", ["b"]]]})"), "invalid_search_filter", "arrays of strings");
}

TEST_F(SelectionHttpTest, CountsFacets) {
  const json answer = Parsed(Get("/indexes/seeds/search?q=viento&facets=*&limit=1"));
  EXPECT_EQ(answer["facetDistribution"], json::parse(R"({"tags": {"Perú": 3, "human rights": 1, "water": 1},
             "language": {"es": 2, "en": 1, "fr": 1}, "year": {"2021": 2, "2022": 1, "2023": 1}})"));
  EXPECT_EQ(answer["facetStats"], json::parse(R"({"year": {"min": 2021, "max": 2023}})"));
  EXPECT_EQ(answer["totalRelation"], "eq");
  EXPECT_EQ(answer["estimatedTotalHits"], 4);
  EXPECT_EQ(answer["hits"].size(), 1U);
  EXPECT_FALSE(Parsed(Get("/indexes/seeds/search")).contains("facetDistribution"));
  EXPECT_THAT(Get("/indexes/seeds/search?facets=tags").body,
              HasSubstr(R"({"Perú":3,"human rights":1,"water":1})"));
}

TEST_F(SelectionHttpTest, CountsDisjunctiveFacetsInOneRequest) {
  const json answer = Parsed(Post(
      R"({"filter": [["language = es"], ["year = 2023", "year = 2022"]], "facets": ["tags"], "disjunctiveFacets": ["language", "year"]})"));
  EXPECT_EQ(answer["estimatedTotalHits"], 2);
  EXPECT_EQ(answer["facetDistribution"]["tags"], json({{"Perú", 2}, {"human rights", 1}, {"water", 1}}));
  EXPECT_EQ(answer["facetDistribution"]["language"], json({{"es", 2}}));
  EXPECT_EQ(answer["facetDistribution"]["year"], json({{"2022", 1}, {"2023", 1}}));
}

TEST_F(SelectionHttpTest, RefusesFieldsThatAreNotConfigured) {
  ExpectError(Get("/indexes/seeds/search?facets=title"), "invalid_search_facets",
              "Its facets are `tags`, `language` and `year`.");
  ExpectError(Post(R"({"disjunctiveFacets": ["title"]})"), "invalid_search_disjunctive_facets", "`title`");
  ExpectError(Get("/indexes/seeds/search?sort=title:asc"), "invalid_search_sort",
              "It sorts by `date` and `year`.");
  ExpectError(Get("/indexes/seeds/search?sort=date"), "invalid_search_sort", "`:asc` or `:desc`");
  ExpectError(Get("/indexes/seeds/search?distinct=colour"), "invalid_search_distinct", "`colour`");
}

TEST_F(SelectionHttpTest, NumberedPagesOfDistinctHitsHaveExactTotals) {
  const json answer =
      Parsed(Get("/indexes/seeds/search?distinct=language&sort=date:desc&page=2&hitsPerPage=2"));
  EXPECT_EQ(Ids(answer), "d");
  EXPECT_EQ(answer["totalHits"], 3);
  EXPECT_EQ(answer["totalPages"], 2);
  EXPECT_EQ(answer["totalRelation"], "eq");
}

TEST_F(SelectionHttpTest, SearchesTheValuesOfAFacet) {
  json answer = Parsed(Post(R"({"facetName": "tags", "facetQuery": "rIg", "q": "viento"})", "facet-search"));
  EXPECT_EQ(answer["facetHits"], json::parse(R"([{"value": "human rights", "count": 1}])"));
  EXPECT_EQ(answer["facetQuery"], "rIg");
  EXPECT_TRUE(answer["processingTimeMs"].is_number_integer());
  EXPECT_EQ(answer.size(), 3U);
  answer = Parsed(Post(R"({"facetName": "tags", "filter": "language = es", "limit": 3, "facets": ["*"]})",
                       "facet-search"));
  EXPECT_EQ(answer["facetHits"],
            json::parse(R"([{"value": "Perú", "count": 2}, {"value": "human rights", "count": 1},
                            {"value": "water", "count": 1}])"));
  EXPECT_EQ(answer["facetQuery"], nullptr);
  ExpectError(Post(R"({"facetQuery": "a"})", "facet-search"), "missing_facet_search_facet_name",
              "`facetName`");
  ExpectError(Post(R"({"facetName": "title"})", "facet-search"), "invalid_facet_search_facet_name",
              "`title`");
  ExpectError(Post(R"({"facetName": 5})", "facet-search"), "invalid_facet_search_facet_name", "a string");
  ExpectError(Post(R"({"facetName": "tags", "facetQuery": 5})", "facet-search"),
              "invalid_facet_search_facet_query", "a string");
  ExpectError(Post(R"({"facetName": "tags", "filter": "a"})", "facet-search"), "invalid_search_filter",
              "Column 2");
  ExpectError(Post(R"({"facetName": "tags", "facetquery": "a"})", "facet-search"), "bad_request",
              "`facetQuery`");
}

TEST_F(SelectionHttpTest, ListsTheDocumentsThatFulfilAFilter) {
  const json answer =
      Parsed(Get("/indexes/seeds/documents?filter=language%20IN%20%5Bes,%20fr%5D&limit=2&fields=id"));
  EXPECT_EQ(answer["total"], 3);
  EXPECT_EQ(Ids(answer, "results"), "ac");
  ExpectError(Get("/indexes/seeds/documents?filter=a"), "invalid_search_filter", "Column 2");
}

TEST_F(SelectionHttpTest, ListsTheDocumentsThatAreNamed) {
  const RawAnswer fetched = Post(R"({"ids": ["c", "a", "nothing"], "fields": ["id"]})", "documents/fetch");
  EXPECT_EQ(Ids(Parsed(fetched), "results"), "ac");
  EXPECT_EQ(fetched.Header("cache-control"), "no-store");
  EXPECT_EQ(Ids(Parsed(Get("/indexes/seeds/documents?ids=c&filter=language=es")), "results"), "c");
  ExpectError(Post(R"({"ids": "c", "sorts": []})", "documents/fetch"), "bad_request", "");
}

TEST_F(SelectionHttpTest, NoAnswerThatDependsOnTheClockIsKept) {
  EXPECT_FALSE(Get("/indexes/seeds/search?filter=date%20%3E%202022").Header("etag").empty());
  const RawAnswer relative = Get("/indexes/seeds/search?filter=date%20%3E%20now-1y");
  EXPECT_EQ(relative.status, 200);
  EXPECT_TRUE(relative.Header("etag").empty());
  EXPECT_EQ(relative.Header("cache-control"), "no-store");
  EXPECT_TRUE(Get("/indexes/seeds/documents?filter=date%20%3E%20now-1y").Header("etag").empty());
}

TEST_F(SelectionHttpTest, ReportsTheMemoryOfColumns) {
  Parsed(Get("/indexes/seeds/search?facets=*"));
  EXPECT_THAT(Get("/metrics").body,
              ::testing::Not(HasSubstr("quipu_index_column_bytes{index=\"seeds\"} 0\n")));
  EXPECT_THAT(Get("/metrics").body, HasSubstr("quipu_index_column_bytes{index=\"seeds\"} "));
}

TEST_F(SelectionHttpTest, HugeFiltersAreAnsweredOrRefused) {
  std::string list = "id IN [";
  for (int i = 0; i < 10'000; ++i) list += "x" + std::to_string(i) + ",";
  ExpectError(Post(json({{"filter", list + "a]"}}).dump()), "invalid_search_filter", "at most 10000 values");
  list.replace(list.find("x0"), 2, "a");
  EXPECT_EQ(Ids(Parsed(Post(json({{"filter", list + "]"}}).dump()))), "a");
  const std::string deep = std::string(5000, '(') + "id = a" + std::string(5000, ')');
  ExpectError(Post(json({{"filter", deep}}).dump()), "invalid_search_filter", "Column 65 of `filter`");
}

TEST(FederatedFacets, AreCountedForEachIndexOrForAllTogether) {
  ServedApp served({"news", "plain", "reports"});
  for (const char* name : {"news", "reports"}) served.config().indexes[name].facets = {"language"};
  const auto item = [](const std::string& id, const std::string& language) {
    schema::Document document = MakeDocument(id, "Informe " + id, "La fuerza del viento.");
    document.language = language;
    return document;
  };
  served.Put("news", {item("a", "es"), item("b", "fr")});
  served.Put("reports", {item("c", "es"), item("d", "es"), item("e", "en")});
  served.Put("plain", {item("f", "es")});
  served.Start();
  const auto ask = [&](json federation, const json& more = json::array()) {
    json queries = {{{"indexUid", "news"}, {"q", "viento"}}, {{"indexUid", "reports"}, {"q", "viento"}}};
    for (const json& query : more) queries.push_back(query);
    return served.client().PostJson("/multi-search",
                                    json{{"federation", std::move(federation)}, {"queries", queries}}.dump());
  };
  const json by_index = {{"news", {"language"}}, {"reports", {"language"}}};
  const json apart = json::parse(ask({{"facetsByIndex", by_index}, {"limit", 2}}).body);
  EXPECT_EQ(apart["hits"].size(), 2U) << apart;
  EXPECT_EQ(apart["facetsByIndex"]["news"]["distribution"], json::parse(R"({"language":{"es":1,"fr":1}})"));
  EXPECT_EQ(apart["facetsByIndex"]["reports"]["distribution"]["language"]["es"], 2);
  EXPECT_FALSE(apart.contains("facetDistribution"));

  const json together =
      json::parse(ask({{"facetsByIndex", by_index}, {"mergeFacets", {{"maxValuesPerFacet", 2}}}}).body);
  EXPECT_EQ(together["facetDistribution"], json::parse(R"({"language":{"es":3,"en":1}})")) << together;
  EXPECT_FALSE(together.contains("facetsByIndex"));

  EXPECT_EQ(ask({{"facetsByIndex", {{"news", {"title"}}}}}).status, 400);
  EXPECT_EQ(ask({{"facetsByIndex", {{"plain", {"language"}}}}}).status, 400);
  EXPECT_EQ(ask({{"facetsByIndex", 3}}).status, 400);
  EXPECT_EQ(ask({{"facetsByIndex", by_index}, {"mergeFacets", {{"most", 2}}}}).status, 400);
  EXPECT_THAT(ask({{"facetsByIndex", by_index}}, {{{"indexUid", "news"}, {"q", "fuerza"}}}).body,
              HasSubstr("several queries ask index `news`"));
}

TEST_F(SelectionHttpTest, SortsTheMergedListOfSeveralIndexes) {
  ServedApp served({"news", "reports"});
  for (const char* name : {"news", "reports"})
    served.config().indexes[name].sortable = {"date", "year", "place"};
  const auto item = [](const std::string& id, const std::string& date, double year,
                       const std::string& place) {
    schema::Document document = MakeDocument(id, "Informe " + id, "La fuerza del viento.");
    document.date = date;
    if (year > 0) document.fields["year"] = year;
    if (!place.empty()) document.fields["place"] = place;
    return document;
  };
  served.Put("news", {item("a", "2023-01-17", 9, "Ñuble"), item("b", "2021-05-01", 10, ""),
                      item("c", "", 0, "lima")});
  served.Put("reports", {item("d", "2022-01-01", 10, "Arequipa"), item("e", "2024-01-01", 0, "Lima")});
  served.Start();
  const auto ask = [&](const json& sort, json federation = json::object()) {
    json queries = {{{"indexUid", "news"}, {"q", "viento"}, {"sort", sort}},
                    {{"indexUid", "reports"}, {"q", "viento"}, {"sort", sort}}};
    const RawAnswer answer = served.client().PostJson(
        "/multi-search", json{{"federation", std::move(federation)}, {"queries", queries}}.dump());
    return answer.status == 200 ? Ids(json::parse(answer.body)) : answer.body;
  };
  EXPECT_EQ(ask({"date:desc"}), "eadbc");
  EXPECT_EQ(ask({"date:asc"}), "bdaec") << "without a value comes last in both directions";
  EXPECT_EQ(ask({"year:asc", "date:desc"}), "adbec") << "numbers, not texts";
  EXPECT_EQ(ask({"place:asc", "date:desc"}), "decab") << "folded";
  EXPECT_EQ(ask({"date:desc"}, {{"offset", 1}, {"limit", 2}}), "ad");
  EXPECT_THAT(ask({"title:asc"}), HasSubstr("Inside `.queries[0]`"));
}

}  // namespace
}  // namespace quipu::searchd
