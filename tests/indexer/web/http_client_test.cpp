// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include <chrono>
#include <thread>

#include "tests/support/test_site.h"

namespace quipu::web {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using testing::TestSite;

HttpSettings Quick() {
  HttpSettings settings;
  settings.user_agent = "test/1.0";
  settings.timeout = milliseconds(5000);
  return settings;
}

Result<HttpResponse> Get(const TestSite& site, std::string_view target, HttpRequest request,
                         const HttpSettings& settings = Quick()) {
  request.url = *Url::Parse(site.Url(target));
  return MakeHttpClient(settings)->Get(request, {});
}

Result<HttpResponse> Get(const TestSite& site, std::string_view target,
                         const HttpSettings& settings = Quick()) {
  return Get(site, target, HttpRequest{.url = *Url::Parse(site.Url(target))}, settings);
}

std::string Body(const HttpResponse& response) {
  std::string text(response.bytes, '\0');
  text.resize(static_cast<std::size_t>(
      std::max<ssize_t>(::pread(response.body.get(), text.data(), text.size(), 0), 0)));
  return text;
}

std::string Gzip(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(HttpClient, GivesStatusHeadersAndBody) {
  TestSite site;
  site.Serve("/a?b=c", {.body = "some text", .type = "text/plain", .headers = {{"X-Thing", " value "}}});
  const auto response = Get(site, "/a?b=c");
  ASSERT_TRUE(response.ok()) << response.error().message;
  EXPECT_EQ(response->status, 200);
  EXPECT_EQ(response->Header("content-type"), "text/plain");
  EXPECT_EQ(response->Header("x-thing"), "value");
  EXPECT_EQ(Body(*response), "some text");
}

TEST(HttpClient, SaysWhoAsks) {
  TestSite site;
  site.Page("/", "x");
  ASSERT_TRUE(Get(site, "/").ok());
  EXPECT_EQ(site.TakeRequests().at(0).headers.at("user-agent"), "test/1.0");
}

TEST(HttpClient, AsksOnlyWhetherItChanged) {
  TestSite site;
  site.Page("/", "x");
  const auto first = Get(site, "/");
  ASSERT_TRUE(first.ok());
  const auto second =
      Get(site, "/",
          {.url = *Url::Parse(site.Url()), .etag = std::string(first->Header("etag")), .last_modified = "x"});
  ASSERT_TRUE(second.ok());
  EXPECT_EQ(second->status, 304);
  EXPECT_EQ(site.TakeRequests().at(1).headers.at("if-modified-since"), "x");
}

TEST(HttpClient, LetsNoStoredValueAddAHeader) {
  TestSite site;
  site.Page("/", "x");
  ASSERT_TRUE(Get(site, "/", {.url = *Url::Parse(site.Url()), .etag = "a\r\nX-Evil: 1"}).ok());
  EXPECT_FALSE(site.TakeRequests().at(0).headers.contains("x-evil"));
}

TEST(HttpClient, FollowsNothing) {
  TestSite site;
  site.Redirect("/", "/elsewhere");
  const auto response = Get(site, "/");
  ASSERT_TRUE(response.ok());
  EXPECT_EQ(response->status, 301);
  EXPECT_EQ(response->Header("location"), "/elsewhere");
  EXPECT_FALSE(response->body.valid());
}

TEST(HttpClient, StopsABodyThatIsTooLarge) {
  TestSite site;
  site.Serve("/endless", {.body = std::string(1000, 'x'), .endless = true});
  site.Page("/long", std::string(5000, 'x'));
  for (const char* target : {"/endless", "/long"}) {
    const auto response = Get(site, target, {.url = *Url::Parse(site.Url()), .max_bytes = 2500});
    ASSERT_TRUE(response.ok()) << response.error().message;
    EXPECT_TRUE(response->too_large);
    EXPECT_EQ(Body(*response), std::string(2500, 'x'));
  }
}

TEST(HttpClient, LoadsNoFilms) {
  TestSite site;
  site.Serve("/", {.body = std::string(1000, 'x'), .type = "Video/mp4", .endless = true});
  const auto response = Get(site, "/", {.url = *Url::Parse(site.Url()), .no_media = true});
  ASSERT_TRUE(response.ok()) << response.error().message;
  EXPECT_TRUE(response->is_media);
  EXPECT_EQ(response->bytes, 0U);
}

TEST(HttpClient, CountsWhatAPackedBodyUnpacksTo) {
  TestSite site;
  const std::string bomb = Gzip(std::string(10U << 20, 'x'));
  site.Serve("/bomb", {.body = bomb, .headers = {{"Content-Encoding", "gzip"}}});
  site.Serve("/text", {.body = Gzip("packed text"), .headers = {{"Content-Encoding", "gzip"}}});
  const auto response = Get(site, "/bomb", {.url = *Url::Parse(site.Url()), .max_bytes = 1U << 20});
  ASSERT_TRUE(response.ok()) << response.error().message;
  EXPECT_TRUE(response->too_large);
  EXPECT_EQ(response->bytes, 1U << 20);
  EXPECT_EQ(Body(*Get(site, "/text")), "packed text");
}

TEST(HttpClient, TellsABodyWhosePackingIsBroken) {
  TestSite site;
  site.Serve("/", {.body = "this is no gzip", .headers = {{"Content-Encoding", "gzip"}}});
  const auto response = Get(site, "/");
  ASSERT_FALSE(response.ok());
  EXPECT_THAT(response.error().message, HasSubstr("compression is broken"));
}

TEST(HttpClient, RefusesHeadersWithoutEnd) {
  TestSite site;
  TestSite::Answer answer{.body = "x"};
  for (int i = 0; i < 100; ++i) answer.headers["X-" + std::to_string(i)] = std::string(1000, 'x');
  site.Serve("/", answer);
  const auto response = Get(site, "/");
  ASSERT_FALSE(response.ok());
  EXPECT_THAT(response.error().message, HasSubstr("64 KiB"));
}

TEST(HttpClient, WaitsNoLongerThanItMay) {
  TestSite site;
  site.Serve("/slow", {.body = "x", .delay = milliseconds(5000)});
  HttpSettings settings = Quick();
  const auto began = std::chrono::steady_clock::now();
  settings.idle_timeout = milliseconds(300);
  const auto idle = Get(site, "/slow", settings);
  ASSERT_FALSE(idle.ok());
  EXPECT_THAT(idle.error().message, HasSubstr("no byte came for 0.3 s"));
  settings = Quick();
  settings.timeout = milliseconds(300);
  const auto total = Get(site, "/slow", settings);
  ASSERT_FALSE(total.ok());
  EXPECT_THAT(total.error().message, HasSubstr("within 0.3 s"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(4000));
}

TEST(HttpClient, StopsWhenAsked) {
  TestSite site;
  site.Serve("/slow", {.body = "x", .delay = milliseconds(10000)});
  std::stop_source stop;
  const std::jthread stopper([&] {
    std::this_thread::sleep_for(milliseconds(200));
    stop.request_stop();
  });
  const auto began = std::chrono::steady_clock::now();
  const auto response =
      MakeHttpClient(Quick())->Get({.url = *Url::Parse(site.Url("/slow"))}, stop.get_token());
  ASSERT_FALSE(response.ok());
  EXPECT_EQ(response.error().code, Code::kInterrupted);
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(1200));
}

TEST(HttpClient, TellsAHostThatIsNotThere) {
  TestSite site;
  const std::string url = site.Url();
  site.Stop();
  const auto refused = MakeHttpClient(Quick())->Get({.url = *Url::Parse(url)}, {});
  ASSERT_FALSE(refused.ok());
  EXPECT_THAT(refused.error().message, HasSubstr("refused"));
}

TEST(HttpClient, TrustsOnlyCertificatesThatItShould) {
  TestSite site(TestSite::Scheme::kHttps);
  site.Page("/", "secret");
  const auto stranger = Get(site, "/");
  ASSERT_FALSE(stranger.ok());
  EXPECT_THAT(stranger.error().message, HasSubstr("certificate is not trusted"));
  HttpSettings settings = Quick();
  settings.ca_file = site.certificate();
  const auto known = Get(site, "/", settings);
  ASSERT_TRUE(known.ok()) << known.error().message;
  EXPECT_EQ(Body(*known), "secret");
}

TEST(HttpClient, GivesABodyThatNobodyCanChange) {
  TestSite site;
  site.Page("/", "x");
  const auto response = Get(site, "/");
  ASSERT_TRUE(response.ok());
  EXPECT_NE(::write(response->body.get(), "y", 1), 1);
  EXPECT_NE(::ftruncate(response->body.get(), 0), 0);
}

TEST(HttpClient, ServesSeveralAtOnce) {
  TestSite site;
  site.Otherwise([](const std::string& target) { return TestSite::Answer{.body = target}; });
  const auto client = MakeHttpClient(Quick());
  std::vector<std::jthread> threads;
  std::atomic<int> right{0};
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        const std::string target = "/" + std::to_string(t) + "/" + std::to_string(i);
        const auto response = client->Get({.url = *Url::Parse(site.Url(target))}, {});
        if (response.ok() && Body(*response) == target) ++right;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(right, 80);
}

TEST(HttpDate, IsReadInAllItsForms) {
  EXPECT_EQ(ParseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
  EXPECT_EQ(ParseHttpDate("Sunday, 06-Nov-94 08:49:37 GMT"), 784111777);
  EXPECT_FALSE(ParseHttpDate("tomorrow"));
  EXPECT_FALSE(ParseHttpDate(""));
}

}  // namespace
}  // namespace quipu::web
