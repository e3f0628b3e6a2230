// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

TEST(Protocol, AnswersAPipelineInOrder) {
  RunningServer server;
  RawClient client = server.Client();
  std::string bytes;
  for (int i = 0; i < 500; ++i)
    bytes += i % 3 == 0 ? Post("/echo?n=" + std::to_string(i), "b") : Get("/echo?n=" + std::to_string(i));
  ASSERT_TRUE(client.Send(bytes));
  for (int i = 0; i < 500; ++i) {
    const std::string n = std::to_string(i);
    ASSERT_EQ(client.Read().body, i % 3 == 0 ? "POST /echo n=" + n + " body:b" : "GET /echo n=" + n);
  }
}

TEST(Protocol, AnswersAPipelineThatHoldsSearches) {
  RunningServer server;
  server.gate().Open();
  RawClient client = server.Client();
  std::string bytes;
  for (int i = 0; i < 60; ++i) bytes += Get((i % 2 == 0 ? "/search?n=" : "/echo?n=") + std::to_string(i));
  ASSERT_TRUE(client.Send(bytes));
  for (int i = 0; i < 60; ++i)
    ASSERT_EQ(client.Read().body, (i % 2 == 0 ? "GET /search n=" : "GET /echo n=") + std::to_string(i));
}

TEST(Protocol, AnswersAPipelineWhoseClientStoppedSending) {
  RunningServer server;
  server.gate().Open();
  RawClient client = server.Client();
  std::string bytes;
  for (int i = 0; i < 100; ++i) bytes += Get(i % 10 == 0 ? "/search" : "/health");
  ASSERT_TRUE(client.Send(bytes));
  client.EndSending();
  for (int i = 0; i < 100; ++i) ASSERT_EQ(client.Read().status, 200) << i;
  EXPECT_TRUE(client.IsClosed());
}

TEST(Protocol, ServesNothingAfterAClose) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send(Get("/health", "Connection: close\r\n") + Get("/health")));
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(client.Read().status, 0);
}

TEST(Protocol, AnswersHeadWithTheLengthAndNoBody) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer head = client.Ask("HEAD /echo HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.Header("content-length"), std::to_string(std::string("GET /echo").size()));
  EXPECT_EQ(head.Header("accept-ranges"), "");
  // Were there a body, it would be read as the next answer.
  EXPECT_EQ(client.Ask(Get("/health")).body, "ok");
}

TEST(Protocol, AnswersHeadOfNothingWithoutBody) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer head = client.Ask("HEAD /missing HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(head.status, 404);
  EXPECT_NE(head.Header("content-length"), "0");
  EXPECT_EQ(client.Ask(Get("/health")).body, "ok");
}

TEST(Protocol, SendsNoLengthWithAnAnswerThatHasNoBody) {
  RunningServer server;
  RawClient client = server.Client();
  for (const char* path : {"/nothing", "/same"}) {
    const RawAnswer answer = client.Ask(Get(path));
    EXPECT_EQ(answer.status, path == std::string("/same") ? 304 : 204);
    EXPECT_EQ(answer.headers.count("content-length"), 0u);
    EXPECT_EQ(answer.headers.count("content-type"), 0u);
  }
  EXPECT_EQ(client.Ask(Get("/health")).body, "ok");
}

TEST(Protocol, ContinuesBeforeTheBody) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(
      client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(client.Read().status, 100);
  ASSERT_TRUE(client.Send("abc"));
  EXPECT_EQ(client.Read().body, "POST /echo body:abc");
}

TEST(Protocol, DoesNotContinueWhenTheBodyIsThere) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Post("/echo", "abc", "Expect: 100-continue\r\n")).status, 200);
}

TEST(Protocol, RefusesInsteadOfContinuing) {
  RunningServer server({.max_body_bytes = 10});
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
                .status,
            413);
}

TEST(Protocol, AnswersUnknownPathsAndMethodsWithTheErrorObject) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer missing = client.Ask(Get("/missing"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_NE(missing.body.find("\"not_found\""), std::string::npos);
  const RawAnswer wrong = client.Ask("DELETE /echo HTTP/1.1\r\nHost: h\r\n\r\n");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.Header("allow"), "GET, HEAD, POST");
  EXPECT_NE(wrong.body.find("\"method_not_allowed\""), std::string::npos);
  for (const char* method : {"OPTIONS", "TRACE", "BREW", "PATCH"}) {
    const RawAnswer answer =
        client.Ask(std::string(method) + " /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
    EXPECT_EQ(answer.status, 405) << method;
  }
  EXPECT_EQ(client.Ask("OPTIONS * HTTP/1.1\r\nHost: h\r\n\r\n").status, 404);
  EXPECT_EQ(client.Ask("CONNECT h:80 HTTP/1.1\r\nHost: h\r\n\r\n").status, 400);
  EXPECT_EQ(client.Ask(Get("/item/%zz")).status, 400);
  EXPECT_EQ(client.Ask(Get("/health")).status, 200) << "none of these ends the connection";
}

TEST(Protocol, RendersWhatItRefusesAsTheErrorObject) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(answer.status, 400);
  EXPECT_NE(answer.body.find("\"bad_request\""), std::string::npos);
  EXPECT_EQ(answer.Header("x-content-type-options"), "nosniff");
  EXPECT_EQ(answer.Header("connection"), "close");
  EXPECT_TRUE(client.IsClosed());
}

TEST(Protocol, DecodesPathAndQueryForTheHandler) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/item/a%2Fb%20%C3%A9?q=c+d&q=%26")).body,
            "GET /item/a/b \xc3\xa9 [a/b \xc3\xa9] q=c d q=&");
  EXPECT_EQ(client.Ask(Get("/item/a/part/b")).body, "GET /item/a/part/b [a] [b]");
  EXPECT_EQ(client.Ask(Get("/item/fixed")).body, "literal");
  EXPECT_EQ(client.Ask(Get("http://other/item/x?y")).body, "GET /item/x [x] y=");
}

TEST(Protocol, GivesHeadersAsTheyWereSent) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/header/x-a", "X-A:  one \r\nx-a:two\r\n")).body, "one, two");
  EXPECT_EQ(client.Ask(Get("/header/if-none-match", "If-None-Match: \"a%20%0d%0ab\"\r\n")).body,
            "\"a%20%0d%0ab\"");
}

TEST(Protocol, KeepsAnAddressThatAClientClaimsOutOfTheWay) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/remote", "REMOTE_ADDR: 10.0.0.1\r\nX-Forwarded-For: 10.0.0.2\r\n")).body,
            "127.0.0.1");
}

TEST(Protocol, LetsNoHandlerSplitAHeader) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask(Get("/split"));
  EXPECT_EQ(answer.headers.count("x-injected"), 0u);
  EXPECT_EQ(answer.Header("x-copied"), "a  X-Injected: 1");
}

TEST(Protocol, HidesWhatAHandlerThrew) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send(Get("/throw", "Connection: close\r\n")));
  const std::string answer = client.ReadAll();
  EXPECT_EQ(answer.substr(0, 12), "HTTP/1.1 500");
  EXPECT_NE(answer.find("\"internal\""), std::string::npos);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
  EXPECT_EQ(answer.find("EXCEPTION"), std::string::npos);
}

}  // namespace
}  // namespace quipu::test
