// SPDX-License-Identifier: GPL-2.0-or-later
// Who is answered, once there are keys: routes, pages, origins, limits, reloads.
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
using Headers = test::HttpClient::Headers;

constexpr const char* kSite = "https://example.org";

/// Two indexes; the keys are called as their ids: "all", "docs" (opens one index), "old" (has expired),
/// "site" (for pages of kSite).
class KeysHttpTest : public ::testing::Test {
 protected:
  KeysHttpTest() : served_({"docs", "secret"}) {
    served_.Put("docs", {MakeDocument("a", "Fuerza", "Del viento.")});
    served_.Put("secret", {MakeDocument("b", "Fuerza oculta", "Del mar.")});
    served_.config().searchd.keys_file = served_.config().data_dir / "keys.toml";
    keys_ = {Rule("all", {"*"}), Rule("docs", {"docs"}), Rule("old", {"*"}), Rule("site", {"docs"})};
    keys_[2].expires = config::ParseExpiry("2020-01-01");
    keys_[3].origins = {kSite};
  }

  static config::KeyRule Rule(const std::string& id, std::vector<std::string> indexes) {
    config::KeyRule rule;
    rule.id = id;
    rule.hash = HashOfKey(id);
    rule.indexes = std::move(indexes);
    return rule;
  }
  void WriteKeys() {
    std::string text;
    for (const config::KeyRule& rule : keys_) text += WriteKey(rule);
    testing::WriteFile(served_.config().searchd.keys_file, text);
  }
  void Start() {
    WriteKeys();
    served_.Start();
  }
  RawAnswer Get(const std::string& target, const std::string& key = "", Headers headers = {}) {
    if (!key.empty()) headers["Authorization"] = "Bearer " + key;
    return served_.client().Get(target, headers);
  }
  static std::string CodeOf(const RawAnswer& answer) {
    const json error = json::parse(answer.body, nullptr, false);
    return error.is_object() ? error.value("code", "") : answer.body;
  }

  ServedApp served_;
  std::vector<config::KeyRule> keys_;
};

TEST_F(KeysHttpTest, EveryRouteWantsAKeyButThoseThatTellNothing) {
  Start();
  for (const char* open : {"/health", "/ready", "/version", "/openapi.json", "/embed.js", "/embed/main.js",
                           "/style.css", "/icon.svg", "/docs/errors.md"})
    EXPECT_EQ(Get(open).status, 200) << open;
  for (const char* closed :
       {"/metrics", "/indexes", "/indexes/docs", "/indexes/docs/stats", "/stats", "/indexes/docs/search?q=a",
        "/indexes/docs/similar?id=a", "/indexes/docs/feed", "/indexes/docs/suggest?q=f",
        "/indexes/docs/documents", "/indexes/docs/documents/a", "/", "/search?q=a", "/view?index=docs&id=a",
        "/opensearch.xml"}) {
    const RawAnswer answer = Get(closed);
    EXPECT_EQ(answer.status, 401) << closed;
    EXPECT_EQ(answer.Header("www-authenticate"), "Bearer") << closed;
    EXPECT_EQ(answer.Header("cache-control"), "no-store") << closed;
    EXPECT_EQ(Get(closed, "all").status, 200) << closed;
  }
  for (const char* post :
       {"/multi-search", "/indexes/docs/search", "/indexes/docs/facet-search", "/indexes/docs/similar"})
    EXPECT_EQ(served_.client().PostJson(post, "{}").status, 401) << post;
}

TEST_F(KeysHttpTest, WrongKeysAreRefusedWithTheReason) {
  Start();
  const std::string search = "/indexes/docs/search?q=fuerza";
  EXPECT_EQ(CodeOf(Get(search)), "missing_authorization_header");
  EXPECT_EQ(CodeOf(Get(search, "", {{"Authorization", "Basic YTpi"}})), "missing_authorization_header");
  for (const char* wrong : {"none", "all,docs", "quipu_", "all\t"}) {
    const RawAnswer answer = Get(search, wrong);
    EXPECT_EQ(answer.status, std::string(wrong) == "all\t" ? 200 : 403) << wrong;
  }
  EXPECT_EQ(CodeOf(Get(search, "none")), "invalid_api_key");
  const RawAnswer expired = Get(search, "old");
  EXPECT_EQ(expired.status, 403);
  EXPECT_THAT(expired.body, HasSubstr("expired"));
  EXPECT_EQ(Get(search, "", {{"Authorization", "bEARER  all"}}).status, 200);
}

TEST_F(KeysHttpTest, AKeyOpensItsIndexesAndTellsNothingOfOthers) {
  Start();
  EXPECT_EQ(Get("/indexes/docs/search?q=fuerza", "docs").status, 200);
  for (const char* index : {"secret", "nosuch"}) {
    const std::string base = std::string("/indexes/") + index;
    for (const char* route :
         {"", "/search", "/stats", "/documents", "/documents/b", "/suggest?q=f", "/feed", "/similar?id=b"}) {
      const RawAnswer answer = Get(base + route, "docs");
      EXPECT_EQ(answer.status, 403) << base << route;
      EXPECT_EQ(CodeOf(answer), "invalid_api_key");
    }
  }
  const json list = json::parse(Get("/indexes", "docs").body);
  EXPECT_EQ(list["total"], 1);
  EXPECT_EQ(list["results"][0]["uid"], "docs");
  const json stats = json::parse(Get("/stats", "docs").body);
  EXPECT_TRUE(stats["indexes"].contains("docs"));
  EXPECT_FALSE(stats["indexes"].contains("secret"));
  EXPECT_EQ(Get("/metrics", "docs").status, 403) << "its figures are of all indexes";
  EXPECT_EQ(Get("/search?q=fuerza&index=secret", "docs").status, 404);
  EXPECT_EQ(Get("/view?index=secret&id=b", "docs").status, 404);
  EXPECT_EQ(Get("/opensearch.xml?index=secret", "docs").status, 403);
  EXPECT_THAT(Get("/search?q=fuerza", "docs").body, Not(HasSubstr("secret")));
  const auto multi = [&](const std::string& index) {
    return served_.client().Ask(
        "POST", "/multi-search", {{"Content-Type", "application/json"}, {"Authorization", "Bearer docs"}},
        R"({"queries":[{"indexUid":"docs","q":"fuerza"},{"indexUid":")" + index + R"(","q":"fuerza"}]})");
  };
  EXPECT_EQ(multi("docs").status, 200);
  EXPECT_EQ(multi("secret").status, 403);
}

TEST_F(KeysHttpTest, PagesAnswerUnderThePageKey) {
  served_.config().searchd.page_key = "docs";
  Start();
  for (const char* page :
       {"/", "/search?q=fuerza", "/view?index=docs&id=a", "/opensearch.xml", "/indexes/docs/feed"})
    EXPECT_EQ(Get(page).status, 200) << page;
  EXPECT_EQ(Get("/search?q=fuerza&index=secret").status, 404);
  EXPECT_EQ(Get("/indexes/secret/feed").status, 403);
  EXPECT_EQ(Get("/indexes/docs/search?q=fuerza").status, 401) << "programs have keys of their own";
  EXPECT_THAT(Get("/").body, Not(HasSubstr("secret")));
}

TEST_F(KeysHttpTest, WithoutAPageKeyABrowserIsToldWhy) {
  Start();
  const RawAnswer answer = Get("/search?q=fuerza", "", {{"Accept-Language", "es"}});
  EXPECT_EQ(answer.status, 401);
  EXPECT_THAT(answer.Header("content-type"), HasSubstr("text/html"));
  EXPECT_THAT(answer.body, HasSubstr("clave"));
  EXPECT_THAT(answer.body, Not(HasSubstr("docs")));
  EXPECT_THAT(answer.Header("content-security-policy"), HasSubstr("default-src 'none'"));
}

TEST_F(KeysHttpTest, AnswersUnderAKeyAreForNoSharedCache) {
  Start();
  const RawAnswer answer = Get("/indexes/docs/search?q=fuerza", "docs");
  EXPECT_EQ(answer.Header("cache-control"), "private, max-age=0, must-revalidate");
  EXPECT_THAT(answer.Header("vary"), HasSubstr("Authorization"));
  const std::string tag = answer.Header("etag");
  EXPECT_EQ(Get("/indexes/docs/search?q=fuerza", "docs", {{"If-None-Match", tag}}).status, 304);
  EXPECT_EQ(Get("/indexes/docs/search?q=fuerza", "", {{"If-None-Match", tag}}).status, 401);
}

TEST_F(KeysHttpTest, PagesOfOtherSitesReadAnswersAndErrors) {
  Start();
  const Headers ours = {{"Origin", kSite}};
  const std::string target = "/indexes/docs/search?q=fuerza";
  for (const std::string key : {"site", "none", "", "old"}) {
    const RawAnswer answer = Get(target, key, ours);
    EXPECT_EQ(answer.Header("access-control-allow-origin"), kSite) << key << answer.status;
    EXPECT_THAT(answer.Header("vary"), HasSubstr("Origin"));
  }
  EXPECT_EQ(Get(target, "site", ours).status, 200);
  EXPECT_EQ(Get(target, "site").status, 200) << "who is no page sends no origin";
  const RawAnswer other = Get(target, "site", {{"Origin", "https://evil.test"}});
  EXPECT_EQ(other.status, 403);
  EXPECT_EQ(other.Header("access-control-allow-origin"), "");
  EXPECT_EQ(Get(target, "site", {{"Origin", "null"}}).status, 403);
  const RawAnswer preflight =
      served_.client().Ask("OPTIONS", "/indexes/docs/search",
                           {{"Origin", kSite}, {"Access-Control-Request-Headers", "authorization"}}, "");
  EXPECT_EQ(preflight.status, 204);
  EXPECT_EQ(preflight.Header("access-control-allow-origin"), kSite);
  EXPECT_THAT(preflight.Header("access-control-allow-headers"), HasSubstr("Authorization"));
  EXPECT_NE(preflight.Header("access-control-max-age"), "");
}

// Browsers show a refusal without these headers as a fault of the origin, and hide what was wrong.
TEST_F(KeysHttpTest, PagesReadRefusalsOfTheServerItself) {
  Start();
  const auto ask = [&](const std::string& text) {
    test::RawClient client(served_.port());
    return client.Ask(text);
  };
  const std::string origin = "Origin: https://example.org\r\n";
  const std::string head = "Host: x\r\n" + origin;
  const RawAnswer large = ask("POST /multi-search HTTP/1.1\r\n" + head + "Content-Length: 99999999\r\n\r\n");
  EXPECT_EQ(large.status, 413);
  EXPECT_EQ(large.Header("access-control-allow-origin"), kSite);
  const RawAnswer headers =
      ask("GET / HTTP/1.1\r\n" + head + "X-Long: " + std::string(20000, 'x') + "\r\n\r\n");
  EXPECT_EQ(headers.status, 431);
  EXPECT_EQ(headers.Header("access-control-allow-origin"), kSite);
  const RawAnswer method = ask("DELETE /indexes/docs/search HTTP/1.1\r\n" + head + "\r\n");
  EXPECT_EQ(method.status, 405);
  EXPECT_EQ(method.Header("access-control-allow-origin"), kSite);
  const RawAnswer missing = ask("GET /nothing HTTP/1.1\r\n" + head + "\r\n");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.Header("access-control-allow-origin"), kSite);
  const RawAnswer other = ask("GET /nothing HTTP/1.1\r\nHost: x\r\nOrigin: https://evil.test\r\n\r\n");
  EXPECT_EQ(other.Header("access-control-allow-origin"), "");
}

TEST_F(KeysHttpTest, AKeyHasARate) {
  keys_[1].rate = {.count = 1, .seconds = 3600};
  keys_[1].burst = 3;
  Start();
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Get("/indexes/docs/search", "docs").status, 200);
  const RawAnswer answer = Get("/indexes/docs/search", "docs", {{"Origin", kSite}});
  EXPECT_EQ(answer.status, 429);
  EXPECT_EQ(CodeOf(answer), "too_many_requests");
  EXPECT_THAT(std::stoi(answer.Header("retry-after")),
              ::testing::AllOf(::testing::Gt(3500), ::testing::Le(3600)));
  EXPECT_EQ(answer.Header("access-control-allow-origin"), kSite);
  EXPECT_EQ(Get("/indexes/docs/search", "all").status, 200);
}

TEST_F(KeysHttpTest, AnAddressHasARate) {
  served_.config().searchd.rate_limit = "1/h";
  served_.config().searchd.rate_burst = 2;
  served_.config().searchd.trusted_proxies = {"127.0.0.1"};
  keys_[0].address_limit = false;
  Start();
  const auto from = [&](const std::string& address, const std::string& key) {
    return Get("/indexes/docs/search", key, {{"X-Forwarded-For", "9.9.9.9, " + address}}).status;
  };
  EXPECT_EQ(from("203.0.113.1", "docs"), 200);
  EXPECT_EQ(from("203.0.113.1", "guess"), 403) << "guesses count as well";
  EXPECT_EQ(from("203.0.113.1", "docs"), 429);
  EXPECT_EQ(from("203.0.113.1", "guess"), 429);
  EXPECT_EQ(from("203.0.113.1", "all"), 200) << "a key of our own servers";
  EXPECT_EQ(from("203.0.113.2", "docs"), 200);
  EXPECT_EQ(from("2001:db8::1", "docs"), 200);
  EXPECT_EQ(from("2001:db8::2", "docs"), 200);
  EXPECT_EQ(from("2001:db8::3", "docs"), 429) << "one subscriber";
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(Get("/health").status, 200);
    EXPECT_EQ(Get("/embed.js").status, 200);
  }
}

TEST_F(KeysHttpTest, AnAddressHasARateWithoutKeysToo) {
  served_.config().searchd.keys_file.clear();
  served_.config().searchd.rate_limit = "1/h";
  served_.config().searchd.rate_burst = 1;
  served_.Start();
  EXPECT_EQ(Get("/search?q=fuerza", "", {{"X-Forwarded-For", "1.1.1.1"}}).status, 200);
  const RawAnswer answer = Get("/search?q=fuerza", "", {{"X-Forwarded-For", "2.2.2.2"}});
  EXPECT_EQ(answer.status, 429) << "nobody's header is believed";
  EXPECT_THAT(answer.body, HasSubstr("<html"));
}

TEST_F(KeysHttpTest, KeysAreRereadAndABadFileOpensNothingNew) {
  Start();
  EXPECT_EQ(Get("/indexes", "new").status, 403);
  keys_.push_back(Rule("new", {"*"}));
  keys_.erase(keys_.begin() + 1);
  WriteKeys();
  EXPECT_EQ(Get("/indexes", "docs").status, 200) << "not before it is told";
  served_.app().Reload(served_.config());
  EXPECT_EQ(Get("/indexes", "new").status, 200);
  EXPECT_EQ(Get("/indexes", "docs").status, 403);
  EXPECT_THAT(served_.Log(), HasSubstr("key `new` added"));
  EXPECT_THAT(served_.Log(), HasSubstr("key `docs` removed"));
  testing::WriteFile(served_.config().searchd.keys_file, "[[key]]\nid = \"x\"\n");
  served_.app().Reload(served_.config());
  EXPECT_EQ(Get("/indexes", "new").status, 403) << "serving has been asked to go on without a right file";
  EXPECT_EQ(Get("/indexes").status, 401);
}

TEST_F(KeysHttpTest, TheAdminAddressAsksForNone) {
  served_.config().searchd.admin_listen = "127.0.0.1:0";
  Start();
  const std::string address = served_.app().AdminAddress();
  const test::HttpClient admin(std::stoi(address.substr(address.rfind(':') + 1)));
  for (const char* route : {"/health", "/ready", "/metrics"})
    EXPECT_EQ(admin.Get(route).status, 200) << route;
  EXPECT_EQ(admin.Get("/indexes").status, 404);
}

}  // namespace
}  // namespace quipu::searchd
