// SPDX-License-Identifier: GPL-2.0-or-later
// Each of these stopped, filled or fooled a bare cpp-httplib 0.11 server.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <zlib.h>

#include <fstream>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

using std::chrono::milliseconds;

long ResidentKilobytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmRSS:")) return std::stol(line.substr(6));
  }
  return 0;
}

double CpuSeconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::vector<RawClient> Clients(const RunningServer& server, int count) {
  std::vector<RawClient> clients;
  for (int i = 0; i < count; ++i) clients.emplace_back(server.port());
  return clients;
}

TEST(Attack, SilentConnectionsHoldUpNobodyAndAreClosed) {
  RunningServer server({.header_timeout_ms = 300});
  std::vector<RawClient> silent = Clients(server, 200);
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/health"), milliseconds(250)).status, 200);
  for (RawClient& each : silent) EXPECT_TRUE(each.IsClosed(milliseconds(2000)));
}

TEST(Attack, DrippedHeadersHoldUpNobodyAndEndAtTheDeadline) {
  RunningServer server({.header_timeout_ms = 400});
  std::vector<RawClient> drips = Clients(server, 50);
  RawClient client = server.Client();
  const std::string bytes = Get("/health", "X: " + std::string(1000, 'x') + "\r\n");
  for (std::size_t i = 0; i < 12; ++i) {
    for (RawClient& drip : drips) drip.Send(bytes.substr(i, 1));
    ASSERT_EQ(client.Ask(Get("/health"), milliseconds(200)).status, 200);
    std::this_thread::sleep_for(milliseconds(50));
  }
  for (RawClient& drip : drips) {
    EXPECT_EQ(drip.Read().status, 408);
    EXPECT_TRUE(drip.IsClosed());
  }
}

TEST(Attack, ADrippedBodyEndsAtTheDeadline) {
  RunningServer server({.body_timeout_ms = 300});
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n"));
  for (int i = 0; i < 10; ++i) {
    client.Send("x");
    std::this_thread::sleep_for(milliseconds(50));
  }
  EXPECT_EQ(client.Read().status, 408);
}

TEST(Attack, AnIdleKeptConnectionIsClosedWithoutAWord) {
  RunningServer server({.idle_timeout_ms = 200});
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask(Get("/health")).status, 200);
  EXPECT_EQ(client.ReadAll(milliseconds(2000)), "");
  EXPECT_TRUE(client.IsClosed(milliseconds(10)));
}

/// Sends `piece` until the server ends the connection or 32 MB went out.
void Flood(RawClient& client, const std::string& piece) {
  for (std::size_t sent = 0; sent < (32u << 20) && client.Send(piece, milliseconds(1500));
       sent += piece.size()) {
  }
}

TEST(Attack, AnEndlessHeaderLineFillsNoMemory) {
  RunningServer server;
  const long before = ResidentKilobytes();
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: h\r\nX: "));
  Flood(client, std::string(65536, 'x'));
  EXPECT_LT(ResidentKilobytes() - before, 8192);
  EXPECT_TRUE(Eventually([&] { return server.server().Counts().connections == 0; }));
}

TEST(Attack, AnEndlessUriIsRefused) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask("GET /" + std::string(12000, 'a')).status, 414);
}

TEST(Attack, AMillionHeadersFillNoMemory) {
  RunningServer server({.max_header_bytes = 64 << 20, .max_headers = 100});
  const long before = ResidentKilobytes();
  RawClient client = server.Client();
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "a" + std::to_string(i) + ": b\r\n";
  ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: h\r\n"));
  for (int i = 0; i < 1000 && client.Send(many, milliseconds(1500)); ++i) {
  }
  EXPECT_LT(ResidentKilobytes() - before, 8192);
  EXPECT_EQ(client.Read().status, 431);
}

TEST(Attack, AChunkedBodyIsRefusedUnread) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer =
      client.Ask("POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
  EXPECT_EQ(answer.status, 411);
  EXPECT_NE(answer.body.find("length_required"), std::string::npos);
  EXPECT_TRUE(client.IsClosed());
}

TEST(Attack, ABodyWithoutLengthIsRefusedUnread) {
  RunningServer server;
  RawClient client = server.Client();
  EXPECT_EQ(client.Ask("POST /echo HTTP/1.1\r\nHost: h\r\n\r\n" + std::string(100000, 'x')).status, 411);
  EXPECT_TRUE(client.IsClosed());
}

TEST(Attack, AnOverLongBodyIsRefusedBeforeItCame) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer =
      client.Ask("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\n", milliseconds(500));
  EXPECT_EQ(answer.status, 413);
  EXPECT_NE(answer.body.find("payload_too_large"), std::string::npos);
  EXPECT_TRUE(client.IsClosed());
}

TEST(Attack, AClientThatSendsItsOverLongBodyFirstStillReadsWhy) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n"));
  ASSERT_TRUE(client.Send(std::string(8000000, 'x')));
  EXPECT_EQ(client.Read().status, 413);
}

TEST(Attack, AClientThatNeverStopsSendingIsCutOff) {
  RunningServer server;
  RawClient client = server.Client();
  ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 8000000\r\n\r\n"));
  const auto until = std::chrono::steady_clock::now() + milliseconds(2500);
  bool taken = true;
  while (taken && std::chrono::steady_clock::now() < until) {
    taken = client.Send("x", milliseconds(100));
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_FALSE(taken);
}

TEST(Attack, AGzipBombIsNotUnpacked) {
  const std::string zeros(32 << 20, '\0');
  std::string packed(compressBound(zeros.size()), '\0');
  uLongf size = packed.size();
  ASSERT_EQ(compress2(reinterpret_cast<Bytef*>(packed.data()), &size,
                      reinterpret_cast<const Bytef*>(zeros.data()), zeros.size(), 1),
            Z_OK);
  packed.resize(size);
  RunningServer server;
  const long before = ResidentKilobytes();
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask(Post("/echo", packed, "Content-Encoding: deflate\r\n"));
  EXPECT_EQ(answer.status, 415);
  EXPECT_NE(answer.body.find("invalid_content_type"), std::string::npos);
  EXPECT_LT(ResidentKilobytes() - before, 8192);
}

TEST(Attack, TwoThousandRangesAreIgnored) {
  RunningServer server;
  RawClient client = server.Client();
  std::string ranges = "Range: bytes=0-";
  for (int i = 0; i < 2000; ++i) ranges += ",0-";
  const RawAnswer answer = client.Ask(Get("/big", ranges + "\r\n"));
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body.size(), std::size_t{8} << 20);
  EXPECT_EQ(client.Ask(Get("/health", "Range: nonsense\r\n")).status, 200);
}

TEST(Attack, AnAnswerOfManyMegabytesIsNotCompressed) {
  RunningServer server;
  RawClient client = server.Client();
  const RawAnswer answer = client.Ask(Get("/big", "Accept-Encoding: br, gzip, deflate\r\n"));
  EXPECT_EQ(answer.Header("content-encoding"), "");
  EXPECT_EQ(answer.body.size(), std::size_t{8} << 20);
}

TEST(Attack, TheBodyOfAGetIsNotTheNextRequest) {
  RunningServer server;
  RawClient client = server.Client();
  const std::string smuggled = Get("/echo?smuggled");
  ASSERT_TRUE(client.Send("GET /health HTTP/1.1\r\nHost: h\r\nContent-Length: " +
                          std::to_string(smuggled.size()) + "\r\n\r\n" + smuggled));
  EXPECT_EQ(client.Read().body, "ok");
  EXPECT_EQ(client.Read(false, milliseconds(200)).status, 0);
  EXPECT_EQ(client.Ask(Get("/echo")).body, "GET /echo");
}

TEST(Attack, TwoFramingsOfOneRequestEndTheConnection) {
  RunningServer server;
  for (const char* order : {"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
                            "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n"}) {
    RawClient client = server.Client();
    ASSERT_TRUE(client.Send("POST /echo HTTP/1.1\r\nHost: h\r\n" + std::string(order) + "\r\n0\r\n\r\n" +
                            Get("/echo?smuggled")));
    EXPECT_EQ(client.Read().status, 400);
    EXPECT_EQ(client.Read().status, 0);
  }
}

TEST(Attack, ASlowReaderHoldsNoThread) {
  RunningServer server({.search_threads = 1});
  std::vector<RawClient> slow;
  for (int i = 0; i < 8; ++i) {
    slow.emplace_back(server.port(), "127.0.0.1", 4096);
    ASSERT_TRUE(slow.back().Send(Get("/big")));
  }
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().requests == 8; }));
  RawClient client = server.Client();
  for (int i = 0; i < 20; ++i) {
    ASSERT_EQ(client.Ask(Get("/health"), milliseconds(1000)).status, 200);
    for (RawClient& each : slow) EXPECT_EQ(each.ReadSome(1).size(), 1u);
    std::this_thread::sleep_for(milliseconds(20));
  }
  // All of it comes in the end, in whatever pieces the socket took it.
  EXPECT_GT(slow.front().ReadAll(milliseconds(2500)).size(), std::size_t{8} << 20);
}

TEST(Attack, AReaderThatTakesTooLongIsCutOff) {
  RunningServer server({.write_timeout_ms = 300});
  RawClient client(server.port(), "127.0.0.1", 4096);
  ASSERT_TRUE(client.Send(Get("/big")));
  EXPECT_TRUE(Eventually([&] { return server.server().Counts().connections == 1; }));
  for (int i = 0; i < 20; ++i) {
    client.ReadSome(1);
    std::this_thread::sleep_for(milliseconds(25));
  }
  EXPECT_EQ(server.server().Counts().connections, 0u);
}

TEST(Attack, APipelineOfLargeAnswersIsNotHeldInMemory) {
  RunningServer server;
  RawClient client(server.port(), "127.0.0.1", 4096);
  const long before = ResidentKilobytes();
  std::string bytes;
  for (int i = 0; i < 50; ++i) bytes += Get("/big");
  ASSERT_TRUE(client.Send(bytes));
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_LT(ResidentKilobytes() - before, 80 << 10) << "one answer of 8 MB and its copy, not fifty";
}

TEST(Attack, AThousandIdleConnectionsCostNoCpu) {
  rlimit files{};
  getrlimit(RLIMIT_NOFILE, &files);
  if (files.rlim_cur < 2200) {
    files.rlim_cur = std::min<rlim_t>(files.rlim_max, 4096);
    setrlimit(RLIMIT_NOFILE, &files);
  }
  RunningServer server;
  std::vector<RawClient> idle = Clients(server, 1000);
  for (RawClient& client : idle) ASSERT_EQ(client.Ask(Get("/health")).status, 200);
  const double before = CpuSeconds();
  std::this_thread::sleep_for(milliseconds(1000));
  EXPECT_LT(CpuSeconds() - before, 0.05);
}

TEST(Attack, BodiesOnTheirWayShareABoundedRoom) {
  RunningServer server({.max_buffered_bytes = 3000});
  std::vector<RawClient> clients = Clients(server, 4);
  for (int i = 0; i < 3; ++i)
    ASSERT_TRUE(clients[static_cast<std::size_t>(i)].Send(
        "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nx"));
  ASSERT_TRUE(Eventually([&] { return server.server().Counts().connections == 4; }));
  std::this_thread::sleep_for(milliseconds(50));
  EXPECT_EQ(clients[3].Ask("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\nx").status, 503);
  // What one gives back, another may have.
  ASSERT_TRUE(clients[0].Send(std::string(999, 'x')));
  EXPECT_EQ(clients[0].Read().status, 200);
  clients[1].Close();
  RawClient late = server.Client();
  EXPECT_TRUE(Eventually([&] { return server.server().Counts().connections <= 3; }));
  ASSERT_TRUE(late.Send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2000\r\n\r\nx"));
  ASSERT_TRUE(late.Send(std::string(1999, 'x')));
  EXPECT_EQ(late.Read().status, 200);
}

}  // namespace
}  // namespace quipu::test
