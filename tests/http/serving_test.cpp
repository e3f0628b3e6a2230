// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

TEST(Serving, AnswersAKnownPath) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask(Get("/health"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.version, "HTTP/1.1");
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(answer.Header("content-type"), "text/plain");
  EXPECT_EQ(answer.Header("date").substr(25), " GMT");
}

TEST(Serving, KeepsTheConnectionForMoreRequests) {
  RunningServer server;
  RawClient client = server.Client();
  for (int i = 0; i < 100; ++i) {
    const RawAnswer answer = client.Ask(Get("/echo?n=" + std::to_string(i)));
    ASSERT_EQ(answer.body, "GET /echo n=" + std::to_string(i));
    ASSERT_EQ(answer.Header("connection"), "");
  }
  EXPECT_EQ(server.server().Counts().accepted, 1u);
}

TEST(Serving, ClosesWhenTheClientAsksForIt) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask(Get("/health", "Connection: close\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.Header("connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST(Serving, ReadsACloseAmongOtherConnectionOptions) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/health", "Connection: TE , Close\r\n")).status, 200);
  EXPECT_TRUE(client.IsClosed());
}

TEST(Serving, ClosesAfterAnswerToHttp10) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask("GET /health HTTP/1.0\r\n\r\n").body, "ok");
  EXPECT_TRUE(client.IsClosed());
}

TEST(Serving, KeepsHttp10AliveOnRequest) {
  RunningServer server;
  RawClient client = server.Client();
  for (int i = 0; i < 3; ++i) {
    const RawAnswer answer = client.Ask("GET /health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    ASSERT_EQ(answer.body, "ok");
    ASSERT_EQ(answer.Header("connection"), "keep-alive");
  }
}

TEST(Serving, GivesTheBodyOfAPostToTheHandler) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Post("/echo", "{\"q\":\"té\"}")).body, "POST /echo body:{\"q\":\"té\"}");
  EXPECT_EQ(client.Ask(Post("/echo", "")).body, "POST /echo");
}

TEST(Serving, TakesABodyInPieces) {
  RunningServer server;
  RawClient client = server.Client();
  const std::string body(300000, 'b');
  const std::string bytes = Post("/echo", body);
  for (std::size_t at = 0; at < bytes.size(); at += 50000) {
    ASSERT_TRUE(client.Send(std::string_view(bytes).substr(at, 50000)));
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(client.Read().body, "POST /echo body:" + body);
}

}  // namespace
}  // namespace quipu::test
