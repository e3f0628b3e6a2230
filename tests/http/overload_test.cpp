// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

using std::chrono::milliseconds;

http::ServerOptions Small() {
  http::ServerOptions options;
  options.search_threads = 2;
  options.max_queued = 3;
  options.bearable_wait_ms = 60'000;  // it is the number alone that counts here
  return options;
}

/// A server whose searching threads are taken and whose queue holds `queued` more.
struct Busy {
  explicit Busy(int queued, const http::ServerOptions& options = Small()) : server(options) {
    for (int i = 0; i < options.search_threads + queued; ++i) {
      clients.push_back(server.Client());
      clients.back().Send(Get("/search?n=" + std::to_string(i)));
      const auto running = static_cast<std::uint64_t>(std::min(i + 1, options.search_threads));
      const auto waiting = static_cast<std::uint64_t>(std::max(0, i + 1 - options.search_threads));
      filled = Eventually([&] {
        return server.server().Counts().running == running && server.server().Counts().queued == waiting;
      });
    }
  }
  RunningServer server;
  std::vector<RawClient> clients;
  bool filled = false;
};

TEST(Overload, RefusesAtOnceWhenTheQueueIsFull) {
  Busy busy(3);
  ASSERT_TRUE(busy.filled);
  RawClient late = busy.server.Client();
  const auto begin = std::chrono::steady_clock::now();
  const RawAnswer answer = late.Ask(Get("/search"));
  const auto took = std::chrono::steady_clock::now() - begin;
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.Header("retry-after"), "1");
  EXPECT_NE(answer.body.find("\"overloaded\""), std::string::npos);
  EXPECT_LT(took, milliseconds(50)) << "a millisecond on a machine that does nothing else";
  EXPECT_EQ(busy.server.server().Counts().rejected, 1u);
  EXPECT_EQ(late.Ask(Get("/health")).status, 200) << "the connection is kept";
}

TEST(Overload, RefusesEveryKindOfRequestInItsForm) {
  Busy busy(3);
  ASSERT_TRUE(busy.filled);
  // Twice each: the second is one that was made before.
  for (int i = 0; i < 2; ++i) {
    RawClient client = busy.server.Client();
    ASSERT_TRUE(client.Send("HEAD /search HTTP/1.1\r\nHost: x\r\n\r\n"));
    const RawAnswer head = client.Read(true);
    EXPECT_EQ(head.status, 503);
    EXPECT_NE(head.Header("content-length"), "0");
    for (const std::string site : {"https://a.example", "https://b.example"})
      EXPECT_EQ(client.Ask(Get("/search", "ORIGIN: " + site + "\r\n")).Header("x-seen-origin"), site);
    EXPECT_EQ(client.Ask(Get("/search")).Header("x-seen-origin"), "");
    const RawAnswer posted = client.Ask(Post("/search", "body"));
    EXPECT_EQ(posted.status, 503);
    EXPECT_EQ(posted.Header("retry-after"), "1");
    EXPECT_EQ(client.Ask(Get("/health")).status, 200);
    EXPECT_EQ(client.Ask(Get("/search", "Connection: close\r\n")).Header("connection"), "close");
    EXPECT_TRUE(client.IsClosed());
    RawClient old = busy.server.Client();
    EXPECT_EQ(old.Ask("GET /search HTTP/1.0\r\n\r\n").status, 503);
    EXPECT_TRUE(old.IsClosed());
  }
}

TEST(Overload, TheNextKeystrokeTakesThePlaceOfTheLast) {
  const auto typing = [](const http::Request& request) {
    return std::optional<http::Typing>({request.path, request.query.at(0).second});
  };
  const auto answer = [](const http::Request& request) { return Text(request.query.at(0).second); };
  RunningServer server(Small(), {{"GET", "/typed", http::Cost::kSearch, "", answer, nullptr, typing}});
  RawClient first = server.Client(), second = server.Client(), p = server.Client(), pe = server.Client();
  ASSERT_TRUE(first.Send(Get("/search")) && second.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().running == 2; }));
  ASSERT_TRUE(p.Send(Get("/typed?q=p")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().queued == 1; }));
  ASSERT_TRUE(pe.Send(Get("/typed?q=pe")));
  const RawAnswer given_up = p.Read();
  EXPECT_EQ(given_up.status, 503);
  EXPECT_NE(given_up.body.find("later search"), std::string::npos) << given_up.body;
  EXPECT_EQ(server.server().Counts().queued, 1u);
  EXPECT_EQ(server.server().Counts().abandoned, 1u);
  server.gate().Open();
  EXPECT_EQ(pe.Read().body, "pe");
  EXPECT_EQ(p.Ask(Get("/health")).status, 200) << "its connection is kept";
}

TEST(Overload, AnswersHealthWhileAllSearchThreadsWork) {
  Busy busy(3);
  RawClient client = busy.server.Client();
  for (int i = 0; i < 50; ++i) ASSERT_EQ(client.Ask(Get("/health"), milliseconds(500)).status, 200);
}

TEST(Overload, AnswersAllThatWaitedOnceThereIsRoom) {
  Busy busy(3);
  ASSERT_TRUE(busy.filled);
  busy.server.gate().Open();
  for (std::size_t i = 0; i < busy.clients.size(); ++i)
    EXPECT_EQ(busy.clients[i].Read().body, "GET /search n=" + std::to_string(i));
  EXPECT_TRUE(Eventually([&] { return busy.server.server().Counts().running == 0; }));
  EXPECT_EQ(busy.server.server().Counts().queued, 0u);
}

TEST(Overload, DropsAWaitingSearchWhoseClientHasGone) {
  for (const bool reset : {false, true}) {
    Busy busy(2);
    ASSERT_TRUE(busy.filled);
    if (reset) {
      busy.clients[2].Reset();
    } else {
      busy.clients[2].Close();
    }
    EXPECT_TRUE(Eventually([&] { return busy.server.server().Counts().abandoned == 1; }));
    EXPECT_EQ(busy.server.server().Counts().queued, 1u);
    busy.server.gate().Open();
    EXPECT_EQ(busy.clients[3].Read().body, "GET /search n=3");
    busy.server.Stop();
    EXPECT_EQ(busy.server.server().Counts().requests, 3u) << "the dropped one never ran";
  }
}

TEST(Overload, AnAnswerToAClientThatLeftDuringItsSearchIsDropped) {
  Busy busy(0);
  ASSERT_TRUE(busy.filled);
  busy.clients[0].Reset();
  busy.server.gate().Open();
  EXPECT_EQ(busy.clients[1].Read().status, 200);
  EXPECT_TRUE(Eventually([&] { return busy.server.server().Counts().connections == 1; }));
}

TEST(Overload, RefusesConnectionsOverTheLimitWithAWord) {
  RunningServer server({.max_connections = 5});
  std::vector<RawClient> clients;
  for (int i = 0; i < 5; ++i) {
    clients.push_back(server.Client());
    ASSERT_EQ(clients.back().Ask(Get("/health")).status, 200);
  }
  RawClient late = server.Client();
  const RawAnswer answer = late.Ask(Get("/health"));
  EXPECT_EQ(answer.status, 503);
  EXPECT_NE(answer.body.find("\"overloaded\""), std::string::npos);
  EXPECT_TRUE(late.IsClosed());
  late.Close();
  clients.pop_back();
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().connections == 4; }));
  EXPECT_EQ(server.Client().Ask(Get("/health")).status, 200);
}

TEST(Overload, ManyClientsAllGetAnAnswer) {
  RunningServer server(Small());
  server.gate().Open();
  std::atomic<int> served = 0, refused = 0, lost = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&] {
      RawClient client = server.Client();
      for (int i = 0; i < 200; ++i) {
        const int status = client.Ask(Get(i % 4 == 0 ? "/health" : "/search")).status;
        ++(status == 200 ? served : status == 503 ? refused : lost);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(lost, 0);
  EXPECT_EQ(served + refused, 8 * 200);
  EXPECT_GE(served, 8 * 50);
}

}  // namespace
}  // namespace quipu::test
