// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/polite_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <map>
#include <thread>

namespace quipu::web {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using Clock = std::chrono::steady_clock;
using Kind = Fetched::Kind;

/// Answers what a test says, without any network.
class FakeHttp final : public HttpClient {
 public:
  struct Answer {
    int status = 200;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string error;  // not empty: there is no answer
  };

  Result<HttpResponse> Get(const HttpRequest& request, std::stop_token stop) override {
    if (stop.stop_requested()) return Error{Code::kInterrupted, "interrupted"};
    asked.push_back(request.url.text());
    times.push_back(Clock::now());
    std::vector<Answer>& queue = answers[request.url.text()];
    if (queue.empty()) queue.push_back({.status = 404, .body = "", .headers = {}, .error = ""});
    const Answer answer = queue.front();
    if (queue.size() > 1) queue.erase(queue.begin());
    if (!answer.error.empty()) return Error{Code::kIo, answer.error};
    HttpResponse response;
    response.status = answer.status;
    response.headers = answer.headers;
    response.bytes = answer.body.size();
    if (answer.status == 200) {
      response.body = UniqueFd(::memfd_create("body", MFD_CLOEXEC));
      EXPECT_EQ(::write(response.body.get(), answer.body.data(), answer.body.size()),
                static_cast<ssize_t>(answer.body.size()));
    }
    return response;
  }

  void Set(const std::string& url, std::vector<Answer> queue) { answers[url] = std::move(queue); }

  std::map<std::string, std::vector<Answer>> answers;
  std::vector<std::string> asked;
  std::vector<Clock::time_point> times;
};

class PoliteClientTest : public ::testing::Test {
 protected:
  PoliteClientTest() : scope_(UrlScope::Make({}).value()) {
    scope_.AllowOriginOf(*Url::Parse("http://a.example/"));
  }

  PoliteClient Client(milliseconds delay = milliseconds(0)) {
    return PoliteClient({http_, scope_, {.delay = delay, .product = "quipu-indexer"}, stop_.get_token()});
  }
  static HttpRequest For(const std::string& url) { return {.url = *Url::Parse(url)}; }

  FakeHttp http_;
  UrlScope scope_;
  std::stop_source stop_;
};

TEST_F(PoliteClientTest, AsksForRobotsFirstAndOnce) {
  http_.Set("http://a.example/robots.txt", {{.body = "User-agent: *\nDisallow: /x"}});
  http_.Set("http://a.example/a", {{.body = "text"}});
  PoliteClient client = Client();
  EXPECT_EQ(client.Get(For("http://a.example/a")).kind, Kind::kPage);
  EXPECT_EQ(client.Get(For("http://a.example/x")).kind, Kind::kDisallowed);
  EXPECT_EQ(http_.asked, (std::vector<std::string>{"http://a.example/robots.txt", "http://a.example/a"}));
}

TEST_F(PoliteClientTest, AsksNothingOfASiteWhoseRobotsCannotBeHad) {
  for (const FakeHttp::Answer& answer : {FakeHttp::Answer{.status = 500}, FakeHttp::Answer{.status = 429},
                                         FakeHttp::Answer{.error = "refused"}}) {
    http_.Set("http://a.example/robots.txt", {answer});
    http_.Set("http://a.example/a", {{.body = "text"}});
    const Fetched fetched = Client().Get(For("http://a.example/a"));
    EXPECT_EQ(fetched.kind, Kind::kUnreachable);
    EXPECT_THAT(fetched.reason, HasSubstr("robots.txt cannot be had"));
  }
}

TEST_F(PoliteClientTest, TakesAMissingRobotsForConsent) {
  http_.Set("http://a.example/robots.txt", {{.status = 403}});
  http_.Set("http://a.example/a", {{.body = "text"}});
  EXPECT_EQ(Client().Get(For("http://a.example/a")).kind, Kind::kPage);
}

TEST_F(PoliteClientTest, FollowsRobotsThatMoved) {
  http_.Set("http://a.example/robots.txt", {{.status = 301, .headers = {{"location", "/r.txt"}}}});
  http_.Set("http://a.example/r.txt", {{.body = "User-agent: *\nDisallow: /"}});
  EXPECT_EQ(Client().Get(For("http://a.example/a")).kind, Kind::kDisallowed);
}

TEST_F(PoliteClientTest, TellsWhatAnswersMean) {
  http_.Set("http://a.example/304", {{.status = 304}});
  http_.Set("http://a.example/410", {{.status = 410}});
  http_.Set("http://a.example/403", {{.status = 403}});
  http_.Set("http://a.example/500", {{.status = 500}});
  http_.Set("http://a.example/to", {{.status = 302, .headers = {{"location", "there#x"}}}});
  http_.Set("http://a.example/nowhere", {{.status = 302}});
  http_.Set("http://a.example/file", {{.status = 302, .headers = {{"location", "file:///etc/passwd"}}}});
  PoliteClient client = Client();
  EXPECT_EQ(client.Get(For("http://a.example/304")).kind, Kind::kNotModified);
  EXPECT_EQ(client.Get(For("http://a.example/404")).kind, Kind::kGone);
  EXPECT_EQ(client.Get(For("http://a.example/410")).kind, Kind::kGone);
  EXPECT_EQ(client.Get(For("http://a.example/403")).kind, Kind::kRefused);
  EXPECT_EQ(client.Get(For("http://a.example/500")).kind, Kind::kUnreachable);
  EXPECT_EQ(client.Get(For("http://a.example/to")).location->text(), "http://a.example/there");
  EXPECT_EQ(client.Get(For("http://a.example/file")).kind, Kind::kRefused);
}

TEST_F(PoliteClientTest, PausesBetweenRequests) {
  PoliteClient client = Client(milliseconds(80));
  for (const char* url : {"http://a.example/1", "http://a.example/2", "http://a.example/3"})
    client.Get(For(url));
  ASSERT_EQ(http_.times.size(), 4U);
  for (std::size_t i = 1; i < 4; ++i) EXPECT_GE(http_.times[i] - http_.times[i - 1], milliseconds(75));
}

TEST_F(PoliteClientTest, PausesAsLongAsTheSiteAsks) {
  http_.Set("http://a.example/robots.txt", {{.body = "User-agent: *\nCrawl-delay: 0.1"}});
  PoliteClient client = Client(milliseconds(1));
  client.Get(For("http://a.example/1"));
  client.Get(For("http://a.example/2"));
  EXPECT_GE(http_.times.at(2) - http_.times.at(1), milliseconds(95));
}

TEST_F(PoliteClientTest, ComesBackWhenTheServerSaysSo) {
  http_.Set("http://a.example/a", {{.status = 503, .headers = {{"retry-after", "0"}}},
                                   {.status = 429, .headers = {{"retry-after", "0"}}},
                                   {.body = "x"}});
  EXPECT_EQ(Client().Get(For("http://a.example/a")).kind, Kind::kPage);
  EXPECT_EQ(http_.asked.size(), 4U);
}

TEST_F(PoliteClientTest, LeavesAServerAloneThatAsksForIt) {
  http_.Set("http://a.example/a", {{.status = 429, .headers = {{"retry-after", "86400"}}}});
  PoliteClient client = Client();
  EXPECT_THAT(client.Get(For("http://a.example/a")).reason, HasSubstr("not to come back for 86400 s"));
  EXPECT_EQ(client.Get(For("http://a.example/b")).kind, Kind::kUnreachable);
  EXPECT_EQ(http_.asked.size(), 2U);
}

TEST_F(PoliteClientTest, LeavesAHostAloneThatOnlyFails) {
  PoliteClient client = Client();
  for (int i = 0; i < 50; ++i) {
    const std::string url = "http://a.example/" + std::to_string(i);
    http_.Set(url, {{.error = "no byte came for 15 s"}});
    EXPECT_EQ(client.Get(For(url)).kind, Kind::kUnreachable);
  }
  EXPECT_LT(http_.asked.size(), 12U);
}

TEST_F(PoliteClientTest, StopsWaitingWhenAsked) {
  PoliteClient client = Client(milliseconds(60000));
  const std::jthread stopper([this] {
    std::this_thread::sleep_for(milliseconds(100));
    stop_.request_stop();
  });
  const auto began = Clock::now();
  EXPECT_EQ(client.Get(For("http://a.example/1")).kind, Kind::kInterrupted);
  EXPECT_LT(Clock::now() - began, milliseconds(1000));
}

TEST_F(PoliteClientTest, KnowsTheSitemapsOfASite) {
  http_.Set("http://a.example/robots.txt", {{.body = "Sitemap: /s.xml\n"}});
  EXPECT_EQ(Client().SitemapsOf(*Url::Parse("http://a.example/a/b")), std::vector<std::string>{"/s.xml"});
}

}  // namespace
}  // namespace quipu::web
