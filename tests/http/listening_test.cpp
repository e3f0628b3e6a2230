// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/http/running_server.h"

namespace quipu::test {
namespace {

http::EventServer Unstarted(const std::string& listen) {
  return http::EventServer({.listen = listen}, {}, PlainError);
}

std::string SocketPath(const char* name) {
  return testing::TempDir() + "quipu-" + std::to_string(getpid()) + "-" + name + ".sock";
}

TEST(Listening, ServesIpv6) {
  std::unique_ptr<RunningServer> server;
  try {
    server = std::make_unique<RunningServer>(http::ServerOptions{.listen = "[::1]:0"});
  } catch (const std::runtime_error& fault) {
    GTEST_SKIP() << fault.what();
  }
  RawClient client(server->port(), "::1");
  EXPECT_EQ(client.Ask(Get("/remote")).body, "::1");
}

TEST(Listening, NamesAnIpv4ClientOfAnIpv6SocketAsIpv4) {
  std::unique_ptr<RunningServer> server;
  try {
    server = std::make_unique<RunningServer>(http::ServerOptions{.listen = "[::]:0"});
  } catch (const std::runtime_error& fault) {
    GTEST_SKIP() << fault.what();
  }
  RawClient client(server->port(), "127.0.0.1");
  if (!client.ok()) GTEST_SKIP() << "IPv6 sockets take no IPv4 here";
  EXPECT_EQ(client.Ask(Get("/remote")).body, "127.0.0.1");
}

TEST(Listening, ServesAUnixSocketAndRemovesIt) {
  const std::string path = SocketPath("serves");
  RunningServer server({.listen = "unix:" + path});
  EXPECT_EQ(server.port(), 0);
  RawClient client(0, path);
  EXPECT_EQ(client.Ask(Get("/remote")).body, "unix");
  EXPECT_EQ(client.Ask(Get("/health")).body, "ok");
  server.Stop();
  EXPECT_NE(access(path.c_str(), F_OK), 0);
}

TEST(Listening, ReplacesTheSocketFileOfAServerThatCrashed) {
  const std::string path = SocketPath("stale");
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(fd);
  RunningServer server({.listen = "unix:" + path});
  EXPECT_EQ(RawClient(0, path).Ask(Get("/health")).body, "ok");
}

TEST(Listening, LeavesAFileThatIsNoSocketAlone) {
  const std::string path = SocketPath("file");
  const int fd = ::open(path.c_str(), O_CREAT | O_WRONLY, 0600);
  ASSERT_GE(fd, 0);
  ::close(fd);
  http::EventServer server = Unstarted("unix:" + path);
  EXPECT_FALSE(server.Bind().ok());
  EXPECT_EQ(access(path.c_str(), F_OK), 0);
  ::unlink(path.c_str());
}

TEST(Listening, FailsOnAnAddressInUseAndNamesIt) {
  RunningServer first;
  const std::string address = "127.0.0.1:" + std::to_string(first.port());
  http::EventServer second = Unstarted(address);
  const Status status = second.Bind();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kConfig);
  EXPECT_NE(status.error().message.find(address), std::string::npos) << status.error().message;
  EXPECT_NE(status.error().message.find("already"), std::string::npos) << status.error().message;
}

TEST(Listening, FailsOnAUnixSocketInUse) {
  const std::string path = SocketPath("used");
  RunningServer first({.listen = "unix:" + path});
  EXPECT_FALSE(Unstarted("unix:" + path).Bind().ok());
  EXPECT_EQ(RawClient(0, path).Ask(Get("/health")).body, "ok");
}

TEST(Listening, StartsAgainAtOnceOnTheSameAddress) {
  RunningServer first;
  const int port = first.port();
  RawClient client = first.Client();
  EXPECT_EQ(client.Ask(Get("/health")).status, 200);
  first.Stop();  // the server closes first, so its side waits in TIME_WAIT
  RunningServer second({.listen = "127.0.0.1:" + std::to_string(port)});
  EXPECT_EQ(second.Client().Ask(Get("/health")).status, 200);
}

class BadAddress : public testing::TestWithParam<const char*> {};

TEST_P(BadAddress, IsRefusedWithASentenceThatNamesIt) {
  http::EventServer server = Unstarted(GetParam());
  const Status status = server.Bind();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, Code::kConfig);
  EXPECT_NE(status.error().message.find(GetParam()), std::string::npos) << status.error().message;
}

INSTANTIATE_TEST_SUITE_P(Addresses, BadAddress,
                         testing::Values("nonsense", "127.0.0.1", "127.0.0.1:", ":80", "127.0.0.1:99999",
                                         "127.0.0.1:http", "::1:80", "[::1:80", "unix:", "192.0.2.1:80",
                                         "no-such-host.invalid:80"));

TEST(Listening, SurvivesRunningOutOfDescriptors) {
  RunningServer server;
  RawClient kept = server.Client();
  ASSERT_EQ(kept.Ask(Get("/health")).status, 200);
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int blocked = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int lowest = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ::close(lowest);
  rlimit none = before;  // from now on nothing can be opened, by the server or by us
  none.rlim_cur = static_cast<rlim_t>(lowest);
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none), 0);

  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(server.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ASSERT_EQ(::connect(blocked, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_TRUE(Eventually([&] { return server.server().Counts().rejected > 0; }));
  rusage begin{}, end{};
  getrusage(RUSAGE_SELF, &begin);
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  getrusage(RUSAGE_SELF, &end);
  const auto micros = [](const rusage& u) {
    return (u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1'000'000 + u.ru_utime.tv_usec + u.ru_stime.tv_usec;
  };
  EXPECT_LT(micros(end) - micros(begin), 100'000) << "it must not spin";
  EXPECT_EQ(kept.Ask(Get("/health")).status, 200);

  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  ::close(blocked);
  EXPECT_EQ(server.Client().Ask(Get("/health")).status, 200) << "new clients are served again";
}

}  // namespace
}  // namespace quipu::test
