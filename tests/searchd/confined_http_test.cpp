// SPDX-License-Identifier: GPL-2.0-or-later
// What a key with a filter lets be seen, on every route: nothing of the other documents.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "searchd/keys/key_file.h"
#include "searchd/keys/key_hash.h"
#include "tests/searchd/served_app.h"
#include "tests/support/file_tree.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;
using test::RawAnswer;
using ::testing::HasSubstr;
using ::testing::Not;

/// Documents with `public` true or false; all hidden ones have "zorzal" in title and text, and tags of their
/// own.
class ConfinedTest : public ::testing::Test {
 protected:
  ConfinedTest() : served_({"docs", "bare"}) {
    auto& settings = served_.config().indexes["docs"];
    settings.facets = {"audience", "tags"};
    settings.sortable = {"date"};
    settings.pins_file = served_.config().data_dir / "pins.toml";
    testing::WriteFile(settings.pins_file, "[[pin]]\nquery = \"fuerza\"\nids = [\"veiled1\"]\n");
    served_.Put("docs", {Item("open1", "Fuerza del viento", "everyone", "agua"),
                         Item("open2", "Fuerza del agua", "everyone", "agua"),
                         Item("veiled1", "Fuerza del zorzal", "staff", "zorzal"),
                         Item("veiled2", "Fuerza del viento del zorzal", "staff", "zorzal")});
    served_.Put("bare", {MakeDocument("x", "Fuerza", "Zorzal.")});
    served_.config().searchd.keys_file = served_.config().data_dir / "keys.toml";
    served_.config().searchd.page_key = "open";
    config::KeyRule open;
    open.id = "open";
    open.hash = HashOfKey("open");
    open.indexes = {"*"};
    open.filter = "audience = everyone";
    config::KeyRule all;
    all.id = "all";
    all.hash = HashOfKey("all");
    all.indexes = {"*"};
    testing::WriteFile(served_.config().searchd.keys_file, WriteKey(open) + WriteKey(all));
    served_.Start();
  }

  static schema::Document Item(const std::string& id, const std::string& title, const std::string& audience,
                               const std::string& tag) {
    schema::Document document = MakeDocument(id, title, title + ". Texto de " + tag + " y de la montaña.");
    document.fields["audience"] = audience;
    document.fields["tags"] = tag;
    document.date = id == "veiled1" ? "2024-01-01" : "2020-01-01";
    return document;
  }

  RawAnswer Get(const std::string& target, const std::string& key = "open") {
    return served_.client().Get(target, {{"Authorization", "Bearer " + key}});
  }
  RawAnswer Post(const std::string& target, const std::string& body, const std::string& key = "open") {
    return served_.client().Ask(
        "POST", target, {{"Content-Type", "application/json"}, {"Authorization", "Bearer " + key}}, body);
  }
  /// The answer's body without what the request itself said.
  static std::string Shown(const RawAnswer& answer) {
    json body = json::parse(answer.body, nullptr, false);
    if (!body.is_object()) return answer.body;
    for (const char* echoed : {"query", "facetQuery"}) body.erase(echoed);
    return body.dump();
  }

  ServedApp served_;
};

TEST_F(ConfinedTest, SearchesFindOnlyWhatTheFilterLetsThrough) {
  EXPECT_EQ(json::parse(Get("/indexes/docs/search?q=fuerza", "all").body)["estimatedTotalHits"], 4);
  for (const std::string target :
       {"/indexes/docs/search?q=fuerza",
        "/indexes/docs/search?q=fuerza&duplicates=show",
        "/indexes/docs/search",
        "/indexes/docs/search?q=fuerza&sort=date:desc",
        "/indexes/docs/search?q=fuerza&filter=audience+%3D+staff",
        "/indexes/docs/search?q=fuerza&filter=audience+%3D+staff+OR+audience+EXISTS",
        "/indexes/docs/search?q=fuerza&filter=NOT+audience+%3D+everyone",
        "/indexes/docs/search?q=fuerza&facets=*",
        "/indexes/docs/search?q=fuerza&disjunctiveFacets=*",
        "/indexes/docs/search?q=fuerza&disjunctiveFacets=audience&filter=audience+%3D+everyone",
        "/indexes/docs/search?q=zor",
        "/indexes/docs/search?q=zorzla",
        "/indexes/docs/search?q=zorzal",
        "/indexes/docs/search?q=zorzal+agua&matchingStrategy=last",
        "/indexes/docs/search?q=fuerza&showRankingScoreDetails=true&attributesToRetrieve=*,body&passages=5",
        "/indexes/docs/documents",
        "/indexes/docs/documents?fields=*,body",
        "/indexes/docs/feed",
        "/indexes/docs/feed?q=fuerza",
        "/indexes/docs/suggest?q=fue",
        "/indexes/docs/suggest?q=z",
        "/indexes/docs/suggest?q=fuerza+del+zor",
        "/indexes/docs/suggest?q=del",
        "/indexes/docs/similar?id=open1&attributesToRetrieve=*,body",
        "/indexes/docs/stats",
        "/stats",
        "/search?q=fuerza&index=docs",
        "/search?q=fuerza&index=docs&f=audience:everyone",
        "/?index=docs",
        "/search?q=&index=docs&sort=date:desc"}) {
    const RawAnswer answer = Get(target);
    EXPECT_EQ(answer.status, 200) << target << answer.body;
    EXPECT_THAT(Shown(answer), Not(HasSubstr("veiled"))) << target;
    EXPECT_THAT(Shown(answer), Not(HasSubstr("staff"))) << target;
    if (target.find("q=zor") == std::string::npos) {
      EXPECT_THAT(Shown(answer), Not(HasSubstr("zorzal"))) << target;
    }
  }
}

TEST_F(ConfinedTest, TotalsAndCountsAreOfWhatMayBeSeen) {
  const json found =
      json::parse(Get("/indexes/docs/search?q=fuerza&facets=*&disjunctiveFacets=audience").body);
  EXPECT_EQ(found["estimatedTotalHits"], 2);
  EXPECT_EQ(found["facetDistribution"]["audience"], json({{"everyone", 2}}));
  EXPECT_EQ(found["facetDistribution"]["tags"], json({{"agua", 2}}));
  EXPECT_EQ(json::parse(Get("/indexes/docs/documents").body)["total"], 2);
  const json stats = json::parse(Get("/indexes/docs/stats").body);
  EXPECT_EQ(stats["numberOfDocuments"], 2);
  EXPECT_TRUE(stats["fieldDistribution"].empty());
  EXPECT_TRUE(stats["languages"].empty());
  EXPECT_EQ(stats["sizeBytes"], 0);
  EXPECT_THAT(Get("/?index=docs").body, HasSubstr("Full text of 2 documents"));
}

TEST_F(ConfinedTest, HiddenDocumentsAreNotThere) {
  const RawAnswer hidden = Get("/indexes/docs/documents/veiled1");
  const RawAnswer absent = Get("/indexes/docs/documents/nosuch1");
  EXPECT_EQ(hidden.status, 404);
  EXPECT_EQ(json::parse(hidden.body)["code"], json::parse(absent.body)["code"]);
  EXPECT_EQ(Get("/indexes/docs/documents/veiled1", "all").status, 200);
  const json shown = json::parse(Get("/indexes/docs/documents/open1").body);
  EXPECT_EQ(shown, json::parse(Get("/indexes/docs/documents/open1", "all").body));
  EXPECT_THAT(shown["body"].get<std::string>(), HasSubstr("Texto"));
  EXPECT_EQ(Get("/indexes/docs/similar?id=veiled1").status, 404) << "the hits would tell what it is about";
  EXPECT_EQ(Get("/view?index=docs&id=veiled1").status, 404);
  EXPECT_EQ(Get("/view?index=docs&id=open1").status, 200);
}

TEST_F(ConfinedTest, PostedBodiesCannotEscape) {
  for (const std::string body :
       {R"({"q":"fuerza","filter":["audience = staff"]})",
        R"({"q":"fuerza","filter":[["audience = staff","id EXISTS"]]})",
        R"({"q":"fuerza","filter":null,"facets":["*"],"disjunctiveFacets":["audience","tags"]})"}) {
    const RawAnswer answer = Post("/indexes/docs/search", body);
    EXPECT_EQ(answer.status, 200) << answer.body;
    EXPECT_THAT(Shown(answer), Not(HasSubstr("veiled"))) << body;
    EXPECT_THAT(Shown(answer), Not(HasSubstr("staff"))) << body;
  }
  const json facet =
      json::parse(Post("/indexes/docs/facet-search", R"({"facetName":"tags","facetQuery":"","q":""})").body);
  ASSERT_EQ(facet["facetHits"].size(), 1U);
  EXPECT_EQ(facet["facetHits"][0]["value"], "agua");
  for (const std::string federation : {"", R"(,"federation":{})"}) {
    const RawAnswer multi =
        Post("/multi-search", R"({"queries":[{"indexUid":"docs","q":"fuerza"},{"indexUid":"docs",
        "q":"zorzal","filter":"audience = staff"}])" +
                                  federation + "}");
    EXPECT_EQ(multi.status, 200) << multi.body;
    EXPECT_THAT(multi.body, HasSubstr("open1"));
    EXPECT_THAT(multi.body, Not(HasSubstr("veiled")));
  }
  EXPECT_EQ(Post("/indexes/docs/similar", R"({"id":"veiled1"})").status, 404);
  const json fetched =
      json::parse(Post("/indexes/docs/documents/fetch", R"({"ids":["veiled1","open1"]})").body);
  ASSERT_EQ(fetched["total"], 1) << fetched;
  EXPECT_EQ(fetched["results"][0]["id"], "open1");
}

TEST_F(ConfinedTest, SuggestionsAreTitlesThatMayBeSeen) {
  const json list = json::parse(Get("/indexes/docs/suggest?q=fuerza+del+v").body)["suggestions"];
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["text"], "Fuerza del viento");
  EXPECT_EQ(list[0]["kind"], "title");
  EXPECT_TRUE(json::parse(Get("/indexes/docs/suggest?q=").body)["suggestions"].empty());
}

TEST_F(ConfinedTest, AnIndexWithoutTheFiltersFieldShowsNothing) {
  for (const std::string route :
       {"/search?q=fuerza", "/documents", "/documents/x", "/suggest?q=f", "/feed", "/stats"}) {
    const RawAnswer answer = Get("/indexes/bare" + route);
    EXPECT_EQ(answer.status, 400) << route;
    EXPECT_THAT(answer.body, HasSubstr("the key's filter")) << route;
    EXPECT_THAT(answer.body, Not(HasSubstr("orzal"))) << route;
  }
}

TEST_F(ConfinedTest, TagsOfOneKeySayNothingToAnother) {
  const std::string target = "/indexes/docs/search?q=fuerza";
  const std::string tag = Get(target, "all").Header("etag");
  const RawAnswer answer =
      served_.client().Get(target, {{"Authorization", "Bearer open"}, {"If-None-Match", tag}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_NE(answer.Header("etag"), tag);
}

TEST_F(ConfinedTest, FiguresOfTheServerAreNotForIt) { EXPECT_EQ(Get("/metrics").status, 403); }

}  // namespace
}  // namespace quipu::searchd
