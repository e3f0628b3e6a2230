// SPDX-License-Identifier: GPL-2.0-or-later
// The routes over HTTP, on real indexes, in one process.
#include "searchd/app.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/searchd/served_app.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;
using test::RawAnswer;
using ::testing::HasSubstr;
using ::testing::Not;

class AppTest : public ::testing::Test {
 protected:
  AppTest() : served_({"docs", "empty", "seeds"}) {
    schema::Document report =
        MakeDocument("2023/informe anual.pdf", "Informe anual",
                     "La policía hizo uso de la fuerza desproporcionada contra manifestantes.");
    report.fields["author"] = std::string("Ana");
    served_.Put("seeds", {report, MakeDocument("b", "Otra cosa", "Un texto sobre la lluvia."),
                          MakeDocument("c", "La fuerza", "Del viento.")});
    served_.Put("docs",
                {MakeDocument("x", "<script>alert(1)</script>", "fuerza <img src=x onerror=alert(1)>")});
    served_.Start();
  }

  RawAnswer Get(std::string_view target, const test::HttpClient::Headers& headers = {}) {
    return served_.client().Get(target, headers);
  }
  json GetJson(std::string_view target) {
    const RawAnswer answer = Get(target);
    EXPECT_EQ(answer.status, 200) << answer.body;
    return json::parse(answer.body);
  }
  void ExpectError(const RawAnswer& answer, int status, std::string_view code) {
    EXPECT_EQ(answer.status, status) << answer.body;
    const json error = json::parse(answer.body, nullptr, false);
    ASSERT_TRUE(error.is_object()) << answer.body;
    EXPECT_EQ(error["code"], code);
    EXPECT_EQ(error.size(), 4U);
    EXPECT_EQ(error["link"], "/docs/errors.md#" + std::string(code));
  }

  ServedApp served_;
};

TEST_F(AppTest, AnswersASearchWithItsPassage) {
  const json answer = GetJson("/indexes/seeds/search?q=fuerza+desproporcionada&showRankingScore=true");
  ASSERT_GE(answer["hits"].size(), 1U);
  const json& hit = answer["hits"][0];
  EXPECT_EQ(hit["id"], "2023/informe anual.pdf");
  EXPECT_EQ(hit["title"], "Informe anual");
  EXPECT_EQ(hit["author"], "Ana");
  EXPECT_FALSE(hit.contains("body"));
  EXPECT_GT(hit["_rankingScore"], 0.0);
  EXPECT_LE(hit["_rankingScore"], 1.0);
  EXPECT_THAT(hit["_passages"][0]["text"].get<std::string>(), HasSubstr("<mark>fuerza</mark>"));
  EXPECT_EQ(answer["query"], "fuerza desproporcionada");
  EXPECT_EQ(answer["limit"], 20);
  EXPECT_EQ(answer["offset"], 0);
  EXPECT_EQ(answer["totalRelation"], "eq");
  EXPECT_TRUE(answer["processingTimeMs"].is_number_integer());
}

TEST_F(AppTest, PostAndGetAnswerTheSame) {
  json by_get = GetJson("/indexes/seeds/search?q=fuerza&limit=1&attributesToRetrieve=id,title");
  const RawAnswer posted = served_.client().PostJson(
      "/indexes/seeds/search", R"({"q":"fuerza","limit":1,"attributesToRetrieve":["id","title"]})");
  ASSERT_EQ(posted.status, 200) << posted.body;
  json by_post = json::parse(posted.body);
  by_get.erase("processingTimeMs");
  by_post.erase("processingTimeMs");
  EXPECT_EQ(by_get, by_post);
  EXPECT_EQ(by_get["hits"][0].size(), 3U) << "id, title, _passages";
}

TEST_F(AppTest, EmptyQueryMatchesEveryDocument) {
  EXPECT_EQ(GetJson("/indexes/seeds/search")["estimatedTotalHits"], 3);
}

TEST_F(AppTest, NumbersPages) {
  const json answer = GetJson("/indexes/seeds/search?page=2&hitsPerPage=2");
  EXPECT_EQ(answer["hits"].size(), 1U);
  EXPECT_EQ(answer["totalHits"], 3);
  EXPECT_EQ(answer["totalPages"], 2);
}

TEST_F(AppTest, GivesTheBodyWhenNamed) {
  const json answer = GetJson("/indexes/seeds/search?q=lluvia&attributesToRetrieve=*,body");
  EXPECT_EQ(answer["hits"][0]["body"], "Un texto sobre la lluvia.");
}

TEST_F(AppTest, RefusesWhatTheContractRefuses) {
  ExpectError(Get("/indexes/nope/search?q=a"), 404, "index_not_found");
  ExpectError(Get("/indexes/seeds/search?q=a&limit=1001"), 400, "invalid_search_limit");
  ExpectError(Get("/indexes/seeds/search?q=a&limt=1"), 400, "bad_request");
  ExpectError(Get("/indexes/seeds/search?q=a&attributesToSearchOn=colour"), 400,
              "invalid_search_attributes_to_search_on");
  ExpectError(Get("/indexes/seeds/search?q=" + std::string(2049, 'a')), 400, "invalid_search_q");
  ExpectError(Get("/nope"), 404, "not_found");
  ExpectError(Get("/health?x=1"), 400, "bad_request");
  ExpectError(Get("/indexes/seeds/documents/nope"), 404, "document_not_found");
  ExpectError(served_.client().PostJson("/indexes/seeds/search", "{"), 400, "malformed_payload");
  ExpectError(served_.client().PostJson("/indexes/seeds/search?q=a", "{}"), 400, "bad_request");
  ExpectError(served_.client().Ask("POST", "/indexes/seeds/search", {{"Content-Type", "text/plain"}}, "{}"),
              415, "invalid_content_type");
  ExpectError(served_.client().Ask("POST", "/indexes/seeds/search", {}, "{}"), 415, "invalid_content_type");
  ExpectError(served_.client().Ask("DELETE", "/indexes/seeds", {}, ""), 405, "method_not_allowed");
  EXPECT_THAT(json::parse(Get("/indexes/nope").body)["message"].get<std::string>(), HasSubstr("`nope`"));
}

TEST_F(AppTest, TakesJsonWithACharset) {
  const RawAnswer answer =
      served_.client().Ask("POST", "/indexes/seeds/search",
                           {{"Content-Type", "Application/JSON; charset=utf-8"}}, "{\"q\":\"fuerza\"}");
  EXPECT_EQ(answer.status, 200) << answer.body;
}

TEST_F(AppTest, GivesADocumentWhoseIdHasSlashesAndSpaces) {
  const json document = GetJson("/indexes/seeds/documents/2023%2Finforme%20anual.pdf");
  EXPECT_EQ(document["title"], "Informe anual");
  EXPECT_THAT(document["body"].get<std::string>(), HasSubstr("desproporcionada"));
  const json narrow = GetJson("/indexes/seeds/documents/2023%2Finforme%20anual.pdf?fields=id,author");
  EXPECT_EQ(narrow, json::parse(R"({"id":"2023/informe anual.pdf","author":"Ana"})"));
}

TEST_F(AppTest, ListsDocuments) {
  const json list = GetJson("/indexes/seeds/documents?offset=1&limit=1&fields=id");
  EXPECT_EQ(list["total"], 3);
  EXPECT_EQ(list["offset"], 1);
  EXPECT_EQ(list["limit"], 1);
  ASSERT_EQ(list["results"].size(), 1U);
  EXPECT_EQ(list["results"][0].size(), 1U);
}

TEST_F(AppTest, ListsIndexesAndTheirFigures) {
  const json indexes = GetJson("/indexes");
  EXPECT_EQ(indexes["total"], 3);
  EXPECT_EQ(indexes["results"][0]["uid"], "docs");
  EXPECT_EQ(indexes["results"][2]["title"], "The seeds");
  EXPECT_EQ(indexes["results"][2]["primaryKey"], "id");
  EXPECT_TRUE(indexes["results"][2]["updatedAt"].is_string());
  EXPECT_EQ(GetJson("/indexes?limit=1&offset=1")["results"][0]["uid"], "empty");
  EXPECT_EQ(GetJson("/indexes/seeds"), indexes["results"][2]);

  const json stats = GetJson("/indexes/seeds/stats");
  EXPECT_EQ(stats["numberOfDocuments"], 3);
  EXPECT_EQ(stats["isIndexing"], false);
  EXPECT_EQ(stats["fieldDistribution"]["author"], 1);
  EXPECT_EQ(stats["languages"], json({"es"}));
  EXPECT_GE(stats["generation"], 1);
  EXPECT_GT(stats["sizeBytes"], 0);
  EXPECT_EQ(GetJson("/stats")["indexes"]["seeds"], stats);
}

TEST_F(AppTest, AnIndexThatIsNotBuiltIsUnavailableUntilItIs) {
  ExpectError(Get("/ready"), 503, "index_unavailable");
  EXPECT_THAT(Get("/ready").body, HasSubstr("`empty`"));
  const RawAnswer answer = Get("/indexes/empty/search?q=a");
  ExpectError(answer, 503, "index_unavailable");
  EXPECT_THAT(answer.body, Not(HasSubstr(served_.config().data_dir.string()))) << "no path of this disk";
  EXPECT_EQ(Get("/search?q=a&index=empty").status, 503);
  EXPECT_EQ(Get("/indexes/empty").status, 200);

  served_.Put("empty", {MakeDocument("a", "A", "a")});
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (Get("/ready").status != 200 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(GetJson("/indexes/empty/search?q=a")["estimatedTotalHits"], 1);
}

TEST_F(AppTest, TellsWhetherAnAnswerIsStillTheSame) {
  const std::string target = "/indexes/seeds/search?q=fuerza";
  const RawAnswer first = Get(target);
  const std::string tag = first.Header("etag");
  ASSERT_THAT(tag, HasSubstr("W/\""));
  EXPECT_THAT(first.Header("cache-control"), HasSubstr("max-age=0"));
  const RawAnswer again = Get(target, {{"If-None-Match", tag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(again.Header("etag"), tag);
  EXPECT_EQ(Get("/indexes/seeds/search?q=lluvia", {{"If-None-Match", tag}}).status, 200);
  ExpectError(Get("/indexes/seeds/search?limit=-1", {{"If-None-Match", "*"}}), 400, "invalid_search_limit");

  served_.Delete("seeds", "c");
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
  RawAnswer changed;
  do {
    changed = Get(target, {{"If-None-Match", tag}});
  } while (changed.status == 304 && std::chrono::steady_clock::now() < deadline);
  EXPECT_EQ(changed.status, 200);
  EXPECT_NE(changed.Header("etag"), tag);
}

TEST_F(AppTest, DocumentsHaveATagToo) {
  for (const std::string target : {"/indexes/seeds/documents/b", "/indexes/seeds/documents"}) {
    const RawAnswer first = Get(target);
    EXPECT_EQ(Get(target, {{"If-None-Match", first.Header("etag")}}).status, 304) << target;
  }
}

TEST_F(AppTest, HeadHasTheHeadersOfGet) {
  const RawAnswer head = served_.client().Ask("HEAD", "/indexes/seeds/search?q=fuerza", {}, "");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
  EXPECT_EQ(head.Header("etag"), Get("/indexes/seeds/search?q=fuerza").Header("etag"));
}

TEST_F(AppTest, OptionsNamesTheMethods) {
  const RawAnswer answer = served_.client().Ask("OPTIONS", "/indexes/seeds/search", {}, "");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.Header("allow"), "GET, HEAD, POST, OPTIONS");
}

TEST_F(AppTest, EveryAnswerForbidsSniffing) {
  for (const std::string target :
       {"/health", "/indexes/seeds/search?q=a", "/nope", "/", "/style.css", "/indexes/nope"}) {
    EXPECT_EQ(Get(target).Header("x-content-type-options"), "nosniff") << target;
    EXPECT_EQ(Get(target).Header("referrer-policy"), "no-referrer") << target;
  }
}

TEST_F(AppTest, HostileDocumentsStayText) {
  const RawAnswer page = Get("/search?index=docs&q=fuerza");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("&lt;script&gt;alert(1)&lt;/script&gt;"));
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, Not(HasSubstr("<img")));
  EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(page.Header("content-security-policy"), Not(HasSubstr("unsafe")));
  EXPECT_EQ(page.Header("x-frame-options"), "DENY");
  const json answer = GetJson("/indexes/docs/search?q=fuerza");
  EXPECT_THAT(answer["hits"][0]["_passages"][0]["text"].get<std::string>(), Not(HasSubstr("<img")));
  EXPECT_EQ(Get("/indexes/docs/search?q=fuerza").Header("content-type"), "application/json");
}

TEST_F(AppTest, ServesThePageItsStyleAndItsDescriptions) {
  const RawAnswer home = Get("/");
  EXPECT_EQ(home.status, 200);
  EXPECT_EQ(home.Header("content-type"), "text/html; charset=utf-8");
  EXPECT_EQ(home.Header("vary"), "Accept-Language, Accept-Encoding");
  EXPECT_THAT(Get("/", {{"Accept-Language", "es"}}).body, HasSubstr("<html lang=\"es\">"));
  EXPECT_EQ(Get("/search?q=fuerza&index=seeds&utm_source=mail").status, 200);
  EXPECT_EQ(Get("/search?q=fuerza&index=nope").status, 404);
  EXPECT_EQ(Get("/search?q=fuerza&index=seeds&page=0").status, 400);
  EXPECT_EQ(Get("/search?q=" + std::string(3000, 'a')).status, 400);
  EXPECT_EQ(Get("/style.css?v=1").Header("content-type"), "text/css; charset=utf-8");
  EXPECT_EQ(Get("/icon.svg").Header("content-type"), "image/svg+xml");
  EXPECT_THAT(Get("/opensearch.xml?index=seeds").body, HasSubstr("http://127.0.0.1/search?q={searchTerms}"));
  ExpectError(Get("/opensearch.xml?index=nope"), 404, "index_not_found");
  EXPECT_EQ(GetJson("/openapi.json")["openapi"], "3.1.0");
  EXPECT_THAT(Get("/docs/errors.md").body, HasSubstr("index_not_found"));
}

TEST_F(AppTest, CountsWhatItAnswers) {
  Get("/indexes/seeds/search?q=a");
  Get("/indexes/seeds/search?limit=x");
  const std::string metrics = Get("/metrics").body;
  EXPECT_THAT(
      metrics,
      HasSubstr(
          "quipu_http_requests_total{method=\"GET\",route=\"/indexes/{uid}/search\",status=\"200\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("{method=\"GET\",route=\"/indexes/{uid}/search\",status=\"400\"} 1\n"));
  EXPECT_THAT(metrics, HasSubstr("quipu_index_documents{index=\"seeds\"} 3\n"));
  EXPECT_THAT(metrics, HasSubstr("quipu_index_open{index=\"empty\"} 0\n"));
}

TEST_F(AppTest, GivesAnAnswerAgainUntilTheIndexOrItsSettingsChange) {
  const std::string target = "/indexes/seeds/search?q=fuerza&showRankingScore=true";
  const auto without_time = [](json answer) {
    answer.erase("processingTimeMs");
    return answer;
  };
  const json first = GetJson(target);
  EXPECT_EQ(without_time(GetJson(target)), without_time(first));
  EXPECT_THAT(Get("/metrics").body, HasSubstr("quipu_answers_reused_total 1\n"));
  EXPECT_EQ(GetJson(target + "&limit=1")["hits"].size(), 1U);
  EXPECT_EQ(GetJson(target + "&showPerformanceDetails=true").count("performanceDetails"), 1U);

  served_.Put("seeds", {MakeDocument("new", "Fuerza", "Fuerza")});
  const auto start = std::chrono::steady_clock::now();
  while (GetJson(target)["hits"].size() == first["hits"].size() &&
         std::chrono::steady_clock::now() - start < std::chrono::seconds(10)) {
  }
  EXPECT_EQ(GetJson(target)["hits"].size(), first["hits"].size() + 1);

  config::Config changed = served_.config();
  changed.indexes["seeds"].facets = {"author"};
  served_.app().Reload(changed);
  EXPECT_EQ(GetJson(target + "&facets=author").count("facetDistribution"), 1U);
  served_.app().Reload(served_.config());
  EXPECT_EQ(Get(target + "&facets=author").status, 400);
  changed.searchd.answer_cache_mb = 0;
  served_.app().Reload(changed);
  EXPECT_EQ(without_time(GetJson(target)), without_time(GetJson(target)));
  EXPECT_THAT(Get("/metrics").body, HasSubstr("quipu_answers_reused_total 0\n"));
}

TEST_F(AppTest, LogsNoQueryAndNoAddressUnlessTold) {
  Get("/indexes/seeds/search?q=secretword");
  EXPECT_THAT(served_.Log(), Not(HasSubstr("secretword")));
  EXPECT_THAT(served_.Log(), HasSubstr("\"route\":\"/indexes/{uid}/search\""));
  config::Config told = served_.config();
  told.searchd.log_queries = true;
  served_.app().Reload(told);
  Get("/indexes/seeds/search?q=secretword");
  EXPECT_THAT(served_.Log(), HasSubstr("secretword"));
}

TEST_F(AppTest, ReloadAddsAndRemovesIndexes) {
  config::Config changed = served_.config();
  changed.indexes.erase("docs");
  changed.indexes["seeds"].title = "Semillas";
  changed.searchd.threads = 7;
  served_.app().Reload(changed);
  ExpectError(Get("/indexes/docs"), 404, "index_not_found");
  EXPECT_EQ(GetJson("/indexes/seeds")["title"], "Semillas");
  EXPECT_EQ(GetJson("/indexes/seeds/search?q=fuerza&limit=1")["hits"].size(), 1U);
  EXPECT_THAT(served_.Log(), HasSubstr("index `docs` removed"));
  EXPECT_THAT(served_.Log(), HasSubstr("\"key\":\"threads\""));
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::chrono::seconds kServedWithin(10);
#else
constexpr std::chrono::seconds kServedWithin(1);
#endif

TEST_F(AppTest, NoRequestFailsWhileCommitsArriveAndEachIsServedWithinASecond) {
  std::atomic<bool> done = false;
  std::atomic<int> failed = 0;
  std::atomic<int> asked = 0;
  std::jthread asking([&] {
    while (!done) {
      ++asked;
      if (Get("/indexes/seeds/search?q=fuerza").status != 200) ++failed;
    }
  });
  for (int i = 0; i < 5; ++i) {
    const std::string word = "palabra" + std::to_string(i);
    served_.Put("seeds", {MakeDocument("n" + std::to_string(i), word, word)});
    const auto start = std::chrono::steady_clock::now();
    while (GetJson("/indexes/seeds/search?q=" + word + "&matchingStrategy=all")["estimatedTotalHits"] == 0) {
      // By design it takes a quarter of a second; a busy machine with sanitizers may take its time.
      if (std::chrono::steady_clock::now() - start < kServedWithin) continue;
      ADD_FAILURE() << word << " is not served";
      break;
    }
  }
  done = true;
  asking.join();
  EXPECT_EQ(failed, 0) << "of " << asked;
}

class AdminTest : public ::testing::Test {
 protected:
  AdminTest() : served_({"a", "b"}) { served_.config().searchd.admin_listen = "127.0.0.1:0"; }

  test::HttpClient Start() {
    served_.Start();
    const std::string address = served_.app().AdminAddress();
    return test::HttpClient(std::stoi(address.substr(address.rfind(':') + 1)));
  }

  ServedApp served_;
};

TEST_F(AdminTest, ServesHealthReadinessMetricsAndStatusOnly) {
  const test::HttpClient admin = Start();
  EXPECT_EQ(admin.Get("/health").status, 200);
  EXPECT_EQ(admin.Get("/ready").status, 503);
  EXPECT_EQ(admin.Get("/metrics").status, 200);
  EXPECT_EQ(admin.Get("/style.css").status, 200);
  EXPECT_EQ(admin.Get("/indexes").status, 404);
  EXPECT_EQ(admin.Get("/search?q=a").status, 404);
}

TEST_F(AdminTest, ShowsTheStateOfEveryIndexUnderAStrictPolicy) {
  served_.Put("a", {MakeDocument("1", "Fuerza", "Del viento.")});
  const test::HttpClient admin = Start();
  const auto page = admin.Get("/");
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("default-src 'none'"));
  EXPECT_THAT(page.Header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
  EXPECT_THAT(page.body, HasSubstr("<h2>The a <code>a</code></h2>"));
  EXPECT_THAT(page.body, HasSubstr("<th scope=\"row\">Documents</th><td>1</td>"));
  EXPECT_THAT(page.body, HasSubstr("Not open: "));
  EXPECT_THAT(served_.client().Get("/").body, ::testing::Not(HasSubstr("Generation")));
}

TEST_F(AdminTest, TellsWhatFivePeopleSearchedForIfTold) {
  served_.config().searchd.count_queries = true;
  served_.config().searchd.trusted_proxies = {"127.0.0.1"};
  served_.Put("a", {MakeDocument("1", "Fuerza", "Del viento.")});
  const test::HttpClient admin = Start();
  for (int person = 0; person < 5; ++person) {
    const std::string address = "192.0.2." + std::to_string(person);
    for (const char* target :
         {"/indexes/a/search?q=viento", "/search?q=nada&index=a", "/search?q=viento&index=a"})
      served_.client().Get(target, {{"X-Forwarded-For", address}});
  }
  for (int i = 0; i < 9; ++i)
    served_.client().Get("/search?q=secreto&index=a", {{"X-Forwarded-For", "192.0.2.77"}});
  const std::string page = admin.Get("/").body;
  EXPECT_THAT(page, HasSubstr("nada</td><td>a</td><td>5"));
  EXPECT_THAT(page, HasSubstr("viento</td><td>a</td><td>5"));
  EXPECT_THAT(page, ::testing::Not(HasSubstr("secreto")));
}

TEST_F(AdminTest, ExplainsAQuery) {
  served_.Put("a", {MakeDocument("1", "Fuerza", "Del viento.")});
  const test::HttpClient admin = Start();
  const std::string page = admin.Get("/?q=fuerza&index=a").body;
  EXPECT_THAT(page, HasSubstr("How it was read"));
  EXPECT_THAT(page, HasSubstr("tokens: "));
  EXPECT_THAT(page, HasSubstr("`fuerza` in any form, in the field `title`"));
  EXPECT_EQ(admin.Get("/?q=fuerza&index=c").status, 404);
  EXPECT_EQ(admin.Get("/?query=fuerza").status, 400);
}

}  // namespace
}  // namespace quipu::searchd
