// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/hooks.h"

#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

struct Seen {
  std::string method, pattern, path, remote, id;
  int status = 0;
  std::uint64_t bytes = 0;
  std::int64_t duration_us = 0, queue_wait_us = 0;
};

/// Collects what the hooks tell.
struct Collector {
  http::Hooks Hooks() {
    http::Hooks hooks;
    hooks.on_answer = [this](const http::AccessRecord& record) {
      const std::lock_guard lock(mutex);
      answers.push_back({std::string(record.method), std::string(record.pattern), std::string(record.path),
                         std::string(record.remote_address), std::string(record.id), record.status,
                         record.answer_bytes, record.duration_us, record.queue_wait_us});
    };
    hooks.on_exception = [this](const http::Request& request, std::string_view what) {
      const std::lock_guard lock(mutex);
      faults.push_back(request.id + " " + std::string(what));
    };
    return hooks;
  }
  std::mutex mutex;
  std::vector<Seen> answers;
  std::vector<std::string> faults;
};

TEST(Hooks, TellEachAnswerOnce) {
  Collector collector;
  RunningServer server({.hooks = collector.Hooks()});
  RawClient client = server.Client();
  ASSERT_TRUE(
      client.Send("HEAD /item/a%2Fb?q=1 HTTP/1.1\r\nHost: h\r\n\r\n" + Get("/missing/%41") + "nonsense\r\n"));
  const std::string all = client.ReadAll(std::chrono::milliseconds(1000));
  server.Stop();
  ASSERT_EQ(collector.answers.size(), 3u);
  const Seen& found = collector.answers[0];
  EXPECT_EQ(found.method, "HEAD");
  EXPECT_EQ(found.pattern, "/item/{id}");
  EXPECT_EQ(found.path, "/item/a/b");
  EXPECT_EQ(found.remote, "127.0.0.1");
  EXPECT_EQ(found.status, 200);
  EXPECT_FALSE(found.id.empty());
  const Seen& missing = collector.answers[1];
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.pattern, "");
  EXPECT_EQ(missing.path, "/missing/%41");
  const Seen& refused = collector.answers[2];
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.method, "");
  EXPECT_EQ(found.bytes + missing.bytes + refused.bytes, all.size());
}

TEST(Hooks, TellHowLongARequestWaited) {
  Collector collector;
  RunningServer server({.search_threads = 1, .hooks = collector.Hooks()});
  RawClient first = server.Client(), second = server.Client();
  ASSERT_TRUE(first.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().running == 1; }));
  ASSERT_TRUE(second.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().queued == 1; }));
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  server.gate().Open();
  EXPECT_EQ(second.Read().status, 200);
  server.Stop();
  ASSERT_EQ(collector.answers.size(), 2u);
  EXPECT_LT(collector.answers[0].queue_wait_us, 10'000);
  EXPECT_GE(collector.answers[0].duration_us, 50'000);
  EXPECT_GE(collector.answers[1].queue_wait_us, 50'000);
  EXPECT_GE(collector.answers[1].duration_us, collector.answers[1].queue_wait_us);
}

TEST(Hooks, TellTheLogWhatAHandlerThrewUnderTheIdTheClientGot) {
  Collector collector;
  RunningServer server({.hooks = collector.Hooks()});
  RawClient client = server.Client();
  const RawAnswer first = client.Ask(Get("/throw"));
  const RawAnswer second = client.Ask(Get("/throw"));
  server.Stop();
  ASSERT_EQ(collector.faults.size(), 2u);
  EXPECT_NE(collector.faults[0].find("secret /etc/path"), std::string::npos);
  const std::string id = collector.faults[0].substr(0, collector.faults[0].find(' '));
  EXPECT_NE(first.body.find(id), std::string::npos) << first.body;
  EXPECT_EQ(second.body.find(id), std::string::npos) << "each request has its own";
}

TEST(Hooks, TellRefusalsForOverload) {
  Collector collector;
  RunningServer server({.search_threads = 1, .max_queued = 0, .hooks = collector.Hooks()});
  RawClient first = server.Client(), second = server.Client();
  ASSERT_TRUE(first.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().running == 1; }));
  EXPECT_EQ(second.Ask(Get("/search")).status, 503);
  server.Stop();
  ASSERT_EQ(collector.answers.size(), 2u);
  EXPECT_EQ(collector.answers[0].status, 503);
  EXPECT_EQ(collector.answers[0].pattern, "/search");
}

}  // namespace
}  // namespace quipu::test
