// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <stdexcept>

#include "searchd/http/request_head.h"
#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

/// Refuses who sends no X-Key, notes the key of who does, and fails for "throw".
std::optional<http::Response> AskForKey(http::Request& request) {
  const std::string key(request.Header("x-key"));
  if (key == "throw") throw std::runtime_error("no");
  if (key.empty()) return Text("who are you, " + request.method + " " + request.path + "?", 401);
  request.grant = std::make_shared<const std::string>(key);
  return std::nullopt;
}

http::Response Greet(const http::Request& request) {
  return Text("hello " + *static_cast<const std::string*>(request.grant.get()) + request.body);
}

class AdmissionTest : public ::testing::Test {
 protected:
  AdmissionTest()
      : server_({.search_threads = 1, .max_queued = 1, .bearable_wait_ms = 60'000},
                {{"GET", "/closed", http::Cost::kSearch, "", Greet, AskForKey},
                 {"POST", "/closed", http::Cost::kSearch, "", Greet, AskForKey}}) {}
  static std::string Asking(const std::string& key) {
    return "GET /closed HTTP/1.1\r\nHost: x\r\n" + (key.empty() ? "" : "X-Key: " + key + "\r\n") + "\r\n";
  }
  RunningServer server_;
};

TEST_F(AdmissionTest, RefusesOrNotesWhoAsks) {
  RawClient client = server_.Client();
  const RawAnswer refused = client.Ask(Asking(""));
  EXPECT_EQ(refused.status, 401);
  EXPECT_EQ(refused.body, "who are you, GET /closed?");
  EXPECT_EQ(client.Ask(Asking("ana")).body, "hello ana") << "the connection is kept";
  EXPECT_EQ(client.Ask("POST /closed HTTP/1.1\r\nHost: x\r\nX-Key: eva\r\nContent-Length: 1\r\n\r\n!").body,
            "hello eva!");
  ASSERT_TRUE(client.Send("HEAD /closed HTTP/1.1\r\nHost: x\r\n\r\n"));
  EXPECT_EQ(client.Read(true).status, 401);
}

TEST_F(AdmissionTest, WhatFailsAdmitsNobody) {
  RawClient client = server_.Client();
  EXPECT_EQ(client.Ask(Asking("throw")).status, 500);
}

TEST_F(AdmissionTest, RefusesAtOnceWhileAllSearchThreadsWork) {
  RawClient busy = server_.Client(), waiting = server_.Client(), client = server_.Client();
  ASSERT_TRUE(busy.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server_.server().Counts().running == 1; }));
  EXPECT_EQ(client.Ask(Asking("")).status, 401) << "it takes nobody's place";
  ASSERT_TRUE(waiting.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server_.server().Counts().queued == 1; }));
  EXPECT_EQ(client.Ask(Asking("")).status, 503) << "a full queue looks at nobody's key";
  EXPECT_EQ(client.Ask(Asking("ana")).status, 503);
}

TEST(Refusals, KnowTheOriginAsFarAsItWasRead) {
  RunningServer server({.search_threads = 1, .max_queued = 0, .max_header_bytes = 1024});
  const std::string head = "Host: x\r\norigin:  https://example.org \r\n";
  const auto origin_of = [&](const std::string& text, int status) {
    RawClient client = server.Client();
    const RawAnswer answer = client.Ask(text);
    EXPECT_EQ(answer.status, status) << text.substr(0, 60);
    return answer.Header("x-seen-origin");
  };
  const std::string site = "https://example.org";
  EXPECT_EQ(origin_of("GET /nothing-here HTTP/1.1\r\n" + head + "\r\n", 404), site);
  EXPECT_EQ(origin_of("GET /throw HTTP/1.1\r\n" + head + "\r\n", 500), site);
  EXPECT_EQ(origin_of("POST /echo HTTP/1.1\r\n" + head + "Content-Length: 999999999\r\n\r\n", 413), site);
  EXPECT_EQ(origin_of("GET /echo HTTP/1.1\r\n" + head + "X: " + std::string(2000, 'x') + "\r\n\r\n", 431),
            site);
  EXPECT_EQ(origin_of("GET /echo HTTP/1.1\r\n" + head + "bad header\r\n\r\n", 400), site);
  RawClient busy = server.Client();
  ASSERT_TRUE(busy.Send(Get("/search")));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().running == 1; }));
  EXPECT_EQ(origin_of("GET /search HTTP/1.1\r\n" + head + "\r\n", 503), site);
}

TEST(FindHeader, ReadsHeadsThatWereNeverParsed) {
  EXPECT_EQ(http::FindHeader("GET / HTTP/1.1\r\nORIGIN: a\r\n\r\n", "origin"), "a");
  EXPECT_EQ(http::FindHeader("GET / HTTP/1.1\nOrigin:\ta \nOrigin: b\n", "origin"), "a");
  EXPECT_EQ(http::FindHeader("GET / HTTP/1.1\r\nOrigin: cut", "origin"), "");
  EXPECT_EQ(http::FindHeader("GET / HTTP/1.1\r\n\r\nOrigin: body\r\n", "origin"), "");
  EXPECT_EQ(http::FindHeader("Origin: first line\r\n", "origin"), "");
  EXPECT_EQ(http::FindHeader("", "origin"), "");
  EXPECT_EQ(http::FindHeader("\n:\n::\n", "origin"), "");
}

}  // namespace
}  // namespace quipu::test
