// SPDX-License-Identifier: GPL-2.0-or-later
// Corrections, suggestions, synonyms and pins over HTTP.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/searchd/served_app.h"
#include "tests/support/temp_dir.h"
#include "tests/support/within.h"

namespace quipu::searchd {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;
using ::testing::HasSubstr;
using ::testing::Not;

class WordsTest : public ::testing::Test {
 protected:
  WordsTest() : served_({"seeds"}) {
    served_.config().indexes["seeds"].synonyms_file = rules_ / "synonyms.txt";
    served_.config().indexes["seeds"].pins_file = rules_ / "pins.toml";
    Write("synonyms.txt", "onu, naciones unidas\n");
    Write("pins.toml", "[[pin]]\nquery = \"informe\"\nids = [\"otro\"]\n");
    served_.Put("seeds", {MakeDocument("informe", "Informe anual", "Uso de la fuerza desproporcionada."),
                          MakeDocument("otro", "Otro texto", "Las Naciones Unidas y la lluvia."),
                          MakeDocument("evil", "Fuerza <b>", "Un texto de marcas.")});
    served_.Start();
  }

  void Write(const std::string& name, const std::string& text) const { std::ofstream(rules_ / name) << text; }
  test::RawAnswer Get(const std::string& target) { return served_.client().Get(target); }
  json GetJson(const std::string& target) {
    const auto answer = Get(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }

  quipu::testing::TempDir rules_;
  ServedApp served_;
};

TEST_F(WordsTest, ACorrectionIsTold) {
  const json answer = GetJson("/indexes/seeds/search?q=fuersa%20desproporcionada");
  EXPECT_EQ(answer["correctedQuery"], json({{"text", "fuerza desproporcionada"}, {"applied", true}}));
  EXPECT_EQ(answer["query"], "fuersa desproporcionada");
  EXPECT_EQ(answer["hits"][0]["id"], "informe");
  EXPECT_FALSE(answer.contains("relaxed"));
  EXPECT_FALSE(GetJson("/indexes/seeds/search?q=fuerza").contains("correctedQuery"));
}

TEST_F(WordsTest, OffSearchesAsTyped) {
  const json answer = GetJson("/indexes/seeds/search?q=fuersa&typos=off");
  EXPECT_FALSE(answer.contains("correctedQuery"));
  EXPECT_EQ(answer["estimatedTotalHits"], 0);
  EXPECT_EQ(Get("/indexes/seeds/search?q=a&typos=never").status, 400);
}

TEST_F(WordsTest, WhatWasLoosenedIsTold) {
  const json answer = GetJson("/indexes/seeds/search?q=guersa");
  EXPECT_EQ(answer["relaxed"], json::array({"typos"}));
  EXPECT_EQ(answer["correctedQuery"]["text"], "fuerza");
  EXPECT_FALSE(GetJson("/indexes/seeds/search?q=qwxzkj").contains("relaxed"));
}

TEST_F(WordsTest, ThePageTellsACorrectionAndLinksToTheSearchAsTyped) {
  const std::string page = Get("/search?q=fuersa%20%3Cb%3E&index=seeds").body;
  EXPECT_THAT(page, HasSubstr("These are also results for “fuerza &lt;b&gt;”."));
  EXPECT_THAT(page, HasSubstr("search?q=fuersa%20%3Cb%3E&amp;index=seeds&amp;typos=off"));
  EXPECT_THAT(page, Not(HasSubstr("<b>")));
  EXPECT_THAT(Get("/search?q=fuersa&index=seeds&typos=off").body, Not(HasSubstr("also results")));
}

TEST_F(WordsTest, SuggestCompletes) {
  ASSERT_TRUE(test::Within(10s, [&] {
    return GetJson("/indexes/seeds/suggest?q=inf").dump().find("title") != std::string::npos;
  }));
  const json answer = GetJson("/indexes/seeds/suggest?q=inf");
  EXPECT_EQ(answer["suggestions"][0],
            json({{"text", "Informe anual"}, {"kind", "title"}, {"url", "https://example.org/informe"}}));
  EXPECT_EQ(answer["query"], "inf");
  EXPECT_TRUE(answer["processingTimeMs"].is_number_integer());
  EXPECT_EQ(GetJson("/indexes/seeds/suggest?q=f&limit=1")["suggestions"].size(), 1U);
  EXPECT_TRUE(GetJson("/indexes/seeds/suggest")["suggestions"].empty());
}

TEST_F(WordsTest, SuggestRefusesWhatSearchRefuses) {
  const auto code = [&](const std::string& target) { return json::parse(Get(target).body)["code"]; };
  EXPECT_EQ(code("/indexes/nope/suggest?q=a"), "index_not_found");
  EXPECT_EQ(code("/indexes/seeds/suggest?q=a&limit=101"), "invalid_search_limit");
  EXPECT_EQ(code("/indexes/seeds/suggest?q=" + std::string(2049, 'a')), "invalid_search_q");
  EXPECT_EQ(code("/indexes/seeds/suggest?query=a"), "bad_request");
}

TEST_F(WordsTest, SuggestionsAreCachedUntilTheIndexChanges) {
  ASSERT_TRUE(test::Within(10s, [&] {
    return GetJson("/indexes/seeds/suggest?q=inf").dump().find("title") != std::string::npos;
  }));
  const auto first = Get("/indexes/seeds/suggest?q=inf");
  const std::string tag = first.Header("etag");
  ASSERT_FALSE(tag.empty());
  EXPECT_THAT(first.Header("cache-control"), HasSubstr("s-maxage"));
  const auto ask_again = [&] {
    return served_.client().Ask("GET", "/indexes/seeds/suggest?q=inf", {{"If-None-Match", tag}}, "").status;
  };
  EXPECT_EQ(ask_again(), 304);
  served_.Put("seeds", {MakeDocument("nuevo", "Informe nuevo", "Nada.")});
  EXPECT_TRUE(test::Within(10s, [&] { return ask_again() == 200; }));
  EXPECT_TRUE(test::Within(
      10s, [&] { return !GetJson("/indexes/seeds/suggest?q=informe%20n")["suggestions"].empty(); }));
}

// A commit, then a generation: the words follow and no request fails meanwhile.
TEST_F(WordsTest, CorrectionsFollowTheIndexWhileItChanges) {
  const auto corrected = [&](const std::string& q) {
    const auto answer = Get("/indexes/seeds/search?q=" + q);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body).value("correctedQuery", json::object()).value("text", "");
  };
  EXPECT_EQ(corrected("demicracia"), "");
  served_.Put("seeds", {MakeDocument("d", "D", "La democracia.")});
  EXPECT_TRUE(test::Within(10s, [&] { return corrected("demicracia") == "democracia"; }));
}

TEST_F(WordsTest, RulesAreInForceAndReadAgainWithoutARestart) {
  EXPECT_EQ(GetJson("/indexes/seeds/search?q=onu")["hits"][0]["id"], "otro");
  EXPECT_EQ(GetJson("/indexes/seeds/search?q=informe")["hits"][0]["id"], "otro");
  Write("pins.toml", "[[pin]]\nquery = \"informe\"\nids = [\"evil\"]\n");
  EXPECT_TRUE(test::Within(
      10s, [&] { return GetJson("/indexes/seeds/search?q=informe")["hits"][0]["id"] == "evil"; }));
  Write("synonyms.txt", "\nalone\n");
  EXPECT_TRUE(test::Within(10s, [&] { return served_.Log().find("stay in force") != std::string::npos; }));
  EXPECT_THAT(served_.Log(), HasSubstr("synonyms.txt:2:1: a group needs two words"));
  EXPECT_EQ(GetJson("/indexes/seeds/search?q=onu")["hits"][0]["id"], "otro");
}

TEST_F(WordsTest, MetricsTellTheMemoryOfTheWords) {
  const std::string metrics = Get("/metrics").body;
  EXPECT_THAT(metrics, HasSubstr("quipu_index_words{index=\"seeds\"}"));
  EXPECT_THAT(metrics, HasSubstr("quipu_index_words_bytes{index=\"seeds\"}"));
}

}  // namespace
}  // namespace quipu::searchd
