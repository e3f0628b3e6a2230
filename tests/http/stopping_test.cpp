// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

TEST(Stopping, BeforeRunMakesRunReturn) {
  http::EventServer server({}, {}, PlainError);
  ASSERT_TRUE(server.Bind().ok());
  server.Stop(1000);
  server.Run();
}

TEST(Stopping, ReturnsAtOnceWhenAllIsIdle) {
  RunningServer server;
  std::vector<RawClient> clients;
  for (int i = 0; i < 20; ++i) {
    clients.push_back(server.Client());
    ASSERT_EQ(clients.back().Ask(Get("/health")).status, 200);
  }
  const auto begin = Clock::now();
  server.Stop(5000);
  EXPECT_LT(Clock::now() - begin, milliseconds(500));
  for (RawClient& client : clients) EXPECT_TRUE(client.IsClosed());
}

TEST(Stopping, AnswersWhatRunsAndWhatWaits) {
  RunningServer server({.search_threads = 1});
  std::vector<RawClient> clients;
  for (int i = 0; i < 3; ++i) {
    clients.push_back(server.Client());
    ASSERT_TRUE(clients.back().Send(Get("/search")));
  }
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().queued == 2; }));
  const int port = server.port();
  std::thread stopping([&] { server.Stop(3000); });
  EXPECT_TRUE(Eventually([&] { return !RawClient(port).ok(); })) << "no longer accepts";
  server.gate().Open();
  for (RawClient& client : clients) {
    EXPECT_EQ(client.Read().status, 200);
    EXPECT_TRUE(client.IsClosed());
  }
  stopping.join();
}

TEST(Stopping, FinishesARequestThatIsStillArriving) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\na"));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().connections == 1; }));
  std::this_thread::sleep_for(milliseconds(20));
  std::thread stopping([&] { server.Stop(3000); });
  std::this_thread::sleep_for(milliseconds(50));
  ASSERT_TRUE(client.Send("bc"));
  const RawAnswer answer = client.Read();
  EXPECT_EQ(answer.body, "POST /echo body:abc");
  EXPECT_EQ(answer.Header("connection"), "close");
  stopping.join();
}

TEST(Stopping, CutsOffWhatOutlivesTheGrace) {
  RunningServer server;
  RawClient half = server.Client();
  ASSERT_TRUE(half.Send("GET / HTTP"));
  RawClient slow(server.port(), "127.0.0.1", 4096);
  ASSERT_TRUE(slow.Send(Get("/big")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().requests == 1; }));
  const auto begin = Clock::now();
  server.Stop(300);
  EXPECT_GE(Clock::now() - begin, milliseconds(250));
  EXPECT_LT(Clock::now() - begin, milliseconds(1500));
}

TEST(Stopping, MayBeAskedForManyTimesFromManyThreads) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_EQ(client.Ask(Get("/health")).status, 200);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { server.server().Stop(100); });
  for (std::thread& thread : threads) thread.join();
  server.Stop(100);
}

TEST(Stopping, LeavesSignalsToWhoWaitsForThem) {
  sigset_t set, before;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  pthread_sigmask(SIG_BLOCK, &set, &before);
  {
    RunningServer server;
    ASSERT_EQ(server.Client().Ask(Get("/health")).status, 200);
    kill(getpid(), SIGUSR1);  // would end the process if any thread took it
    int taken = 0;
    EXPECT_EQ(sigwait(&set, &taken), 0);
    EXPECT_EQ(taken, SIGUSR1);
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

}  // namespace
}  // namespace quipu::test
