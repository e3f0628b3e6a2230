// SPDX-License-Identifier: GPL-2.0-or-later
// The widget's files, and what browsers need before pages of other sites may ask.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "searchd/access.h"
#include "searchd/http/gzip.h"
#include "searchd/widget/widget_files.h"
#include "tests/searchd/served_app.h"

namespace quipu::searchd {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::size_t kMaxWidgetBytes = 12'000;

class WidgetTest : public ::testing::Test {
 protected:
  WidgetTest() : served_({"docs"}) {
    served_.Put("docs", {MakeDocument("a", "Fuerza", "Del viento.")});
    served_.config().searchd.allow_origins = {"https://example.org"};
  }

  ServedApp served_;
};

TEST(WidgetFiles, AreSmall) {
  const std::size_t loader = http::Gzip(WidgetLoader().text).size();
  const std::size_t main = http::Gzip(WidgetMain().text).size();
  RecordProperty("loader", static_cast<int>(loader));
  RecordProperty("main", static_cast<int>(main));
  EXPECT_LE(loader + main, kMaxWidgetBytes) << loader << " + " << main;
  EXPECT_LE(loader, 3'000U);
}

TEST(WidgetFiles, NeitherEvaluateNorParseMarkup) {
  for (const std::string& text : {std::string(WidgetLoader().text), std::string(WidgetMain().text)}) {
    for (const char* banned : {"innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(",
                               "new Function", "WebAssembly", ".style.", "DOMParser"}) {
      EXPECT_THAT(text, Not(HasSubstr(banned)));
    }
    EXPECT_THAT(text, HasSubstr("SPDX-License-Identifier: MIT"));
    EXPECT_THAT(text, Not(HasSubstr("@QUIPU")));
  }
}

TEST_F(WidgetTest, ComesPackedWithATagAndForEveryOrigin) {
  served_.Start();
  const auto packed = served_.client().Get("/embed.js", {{"Accept-Encoding", "br, gzip"}});
  EXPECT_EQ(packed.Header("content-encoding"), "gzip");
  EXPECT_EQ(packed.Header("access-control-allow-origin"), "*");
  EXPECT_EQ(packed.Header("content-type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(packed.body, http::Gzip(WidgetLoader().text));
  const auto plain = served_.client().Get("/embed.js");
  EXPECT_EQ(plain.Header("content-encoding"), "");
  EXPECT_EQ(plain.body, WidgetLoader().text);
  EXPECT_EQ(served_.client().Get("/embed.js", {{"If-None-Match", plain.Header("etag")}}).status, 304);
  EXPECT_THAT(plain.body, HasSubstr("embed/main.js?v=" + std::string(WidgetMain().hash)));
  EXPECT_THAT(served_.client().Get("/embed/main.js?v=x").Header("cache-control"), HasSubstr("immutable"));
}

TEST_F(WidgetTest, OnlyTheConfiguredOriginsMayRead) {
  served_.Start();
  const std::string target = "/indexes/docs/search?q=fuerza";
  const auto ours = served_.client().Get(target, {{"Origin", "https://example.org"}});
  EXPECT_EQ(ours.Header("access-control-allow-origin"), "https://example.org");
  EXPECT_THAT(ours.Header("vary"), HasSubstr("Origin"));
  const auto error = served_.client().Get("/indexes/none/search", {{"Origin", "https://example.org"}});
  EXPECT_EQ(error.status, 404);
  EXPECT_EQ(error.Header("access-control-allow-origin"), "https://example.org");
  for (const char* other : {"https://example.org.evil.test", "http://example.org", "null", ""}) {
    const auto answer = served_.client().Get(target, {{"Origin", other}});
    EXPECT_EQ(answer.Header("access-control-allow-origin"), "") << other;
  }
}

TEST_F(WidgetTest, PreflightsAreAnswered) {
  served_.Start();
  const auto answer = served_.client().Ask(
      "OPTIONS", "/multi-search",
      {{"Origin", "https://example.org"}, {"Access-Control-Request-Method", "POST"}}, "");
  EXPECT_EQ(answer.status, 204);
  EXPECT_EQ(answer.Header("access-control-allow-origin"), "https://example.org");
  EXPECT_THAT(answer.Header("access-control-allow-methods"), HasSubstr("POST"));
  EXPECT_THAT(answer.Header("access-control-allow-headers"), HasSubstr("Content-Type"));
}

TEST_F(WidgetTest, WithoutOriginsNothingIsAllowed) {
  served_.config().searchd.allow_origins.clear();
  served_.Start();
  const auto answer = served_.client().Get("/search?q=fuerza", {{"Origin", "https://example.org"}});
  EXPECT_EQ(answer.Header("access-control-allow-origin"), "");
  EXPECT_EQ(answer.Header("x-frame-options"), "DENY");
  EXPECT_THAT(answer.Header("content-security-policy"), HasSubstr("frame-ancestors 'none'"));
}

TEST(IsOrigin, IsWhatBrowsersSend) {
  for (const char* right : {"https://example.org", "http://127.0.0.1:8080", "http://[::1]:80"})
    EXPECT_TRUE(IsOrigin(right)) << right;
  for (const char* wrong : {"example.org", "https://example.org/", "https://Example.org", "ftp://example.org",
                            "https://", "null", "https://a b", "https://a;script-src *"})
    EXPECT_FALSE(IsOrigin(wrong)) << wrong;
}

TEST(AcceptsGzip, ReadsQualities) {
  for (const char* yes : {"gzip", "br, gzip;q=0.5", "*", "x-gzip"})
    EXPECT_TRUE(http::AcceptsGzip(yes)) << yes;
  for (const char* no : {"", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0"})
    EXPECT_FALSE(http::AcceptsGzip(no)) << no;
}

}  // namespace
}  // namespace quipu::searchd
