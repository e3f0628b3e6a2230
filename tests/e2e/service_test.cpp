// SPDX-License-Identifier: GPL-2.0-or-later
// quipu-searchd as a service: started, told to reload and stopped, as systemd does it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "tests/e2e/archive.h"
#include "tests/e2e/running_searchd.h"
#include "tests/support/raw_http_client.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

/// What a service manager hears.
class NotifySocket {
 public:
  explicit NotifySocket(const std::filesystem::path& path)
      : fd_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path.c_str(), sizeof address.sun_path - 1);
    const timeval patience{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::bind(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) ADD_FAILURE() << path;
  }
  ~NotifySocket() { ::close(fd_); }
  NotifySocket(const NotifySocket&) = delete;
  NotifySocket& operator=(const NotifySocket&) = delete;

  std::string Next() const {
    char text[1024];
    const ssize_t got = ::recv(fd_, text, sizeof text, 0);
    return got <= 0 ? "" : std::string(text, static_cast<std::size_t>(got));
  }

 private:
  int fd_;
};

class Service : public ::testing::Test {
 protected:
  Service() {
    Configure("listen = \"127.0.0.1:0\"\n");
    archive_.Write("a.txt", "llamas on the road");
    archive_.Run();
    options_.folder = archive_.root();
  }
  void Configure(const std::string& searchd) {
    if (base_.empty()) base_ = ReadFile(archive_.root() / "quipu.toml");
    WriteFile(archive_.root() / "quipu.toml", base_ + "[searchd]\n" + searchd);
  }

  /// Starts searchd with a socket that already listens on `address`, named `name`, as systemd does.
  std::vector<std::string> Activated(const std::string& address, const std::string& name) const {
    const std::string script =
        "import os, socket, sys\n"
        "listener = socket.create_server((sys.argv[1], 0))\n"
        "os.dup2(listener.fileno(), 3)\n"
        "os.environ.update(LISTEN_PID=str(os.getpid()), LISTEN_FDS='1', LISTEN_FDNAMES=sys.argv[2])\n"
        "os.execv(sys.argv[3], sys.argv[3:])\n";
    return {"/usr/bin/env", "python3", "-c", script, address, name, QUIPU_SEARCHD, "serve"};
  }

  std::string base_;
  Archive archive_;
  ProgramOptions options_;
};

TEST_F(Service, TellsWhenItIsReadyReloadsAndStops) {
  const auto path = archive_.root() / "notify";
  const NotifySocket manager(path);
  options_.environment["NOTIFY_SOCKET"] = path.string();
  RunningSearchd searchd(options_);
  EXPECT_EQ(manager.Next(), "READY=1");
  EXPECT_EQ(searchd.client().Get("/ready").status, 200);
  searchd.program().Signal(SIGHUP);
  EXPECT_THAT(manager.Next(), ::testing::StartsWith("RELOADING=1\nMONOTONIC_USEC="));
  EXPECT_EQ(manager.Next(), "READY=1");
  EXPECT_EQ(searchd.Stop().exit_code, 0);
  EXPECT_EQ(manager.Next(), "STOPPING=1");
}

TEST_F(Service, ServesASocketThatWasOpenedForIt) {
  Configure("listen = \"127.0.0.1:1\"\n");  // which it could not take itself
  RunningSearchd searchd(options_, Activated("127.0.0.1", "quipu-searchd.socket"));
  ASSERT_NE(searchd.port(), 0) << searchd.log();
  EXPECT_EQ(searchd.client().Get("/indexes/archive/search?q=llamas").status, 200);
  searchd.program().Signal(SIGHUP);
  EXPECT_TRUE(searchd.Logs("configuration reread"));
  EXPECT_EQ(searchd.log().find("takes effect at the next start"), std::string::npos) << searchd.log();
  EXPECT_EQ(searchd.Stop().exit_code, 0);
}

TEST_F(Service, RefusesAGivenSocketThatOthersReach) {
  const ProgramResult result = RunProgram(Activated("0.0.0.0", "quipu-searchd.socket"), options_);
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("open_access"));
}

TEST_F(Service, ServesTheAdminAddressOnASocketOfThatName) {
  const RunningSearchd searchd(options_, Activated("127.0.0.1", "admin"));
  ASSERT_NE(searchd.admin_port(), 0) << searchd.log();
  const test::HttpClient admin(searchd.admin_port());
  EXPECT_EQ(admin.Get("/metrics").status, 200);
  EXPECT_EQ(admin.Get("/indexes/archive/search?q=llamas").status, 404);
}

TEST_F(Service, TwoNeverShareAPort) {
  RunningSearchd first(archive_.root());
  ASSERT_NE(first.port(), 0);
  const std::string address = "127.0.0.1:" + std::to_string(first.port());
  const ProgramResult second = RunProgram({QUIPU_SEARCHD, "serve", "--listen", address}, options_);
  EXPECT_EQ(second.exit_code, 2);
  EXPECT_THAT(second.err, HasSubstr("another program already uses this address"));
  EXPECT_EQ(first.client().Get("/health").status, 200);
}

TEST_F(Service, KeepsTheOldConfigurationAndSaysWhy) {
  RunningSearchd searchd(archive_.root());
  ASSERT_NE(searchd.port(), 0);
  Configure("listen = \"127.0.0.1:0\"\nlog_querys = true\n");
  searchd.program().Signal(SIGHUP);
  EXPECT_TRUE(searchd.Logs("configuration kept as it was"));
  EXPECT_TRUE(searchd.Logs("log_queries"));  // the nearest known key
  EXPECT_EQ(searchd.client().Get("/indexes/archive/search?q=llamas").status, 200);
  Configure("listen = \"127.0.0.1:0\"\nlog_queries = true\n");
  searchd.program().Signal(SIGHUP);
  EXPECT_TRUE(searchd.Logs("`log_queries` changed"));
  EXPECT_EQ(searchd.Stop().exit_code, 0);
}

TEST_F(Service, AnswersWhatIsUnderWayBeforeItEnds) {
  RunningSearchd searchd(archive_.root());
  ASSERT_NE(searchd.port(), 0);
  test::RawClient client(searchd.port());
  // Half a request when it is told to stop; the rest comes within the grace.
  const std::string request = test::Get("/indexes/archive/search?q=llamas");
  ASSERT_TRUE(client.Send(request.substr(0, 20)));
  ASSERT_TRUE(test::Within(std::chrono::seconds(3), [&] {
    const std::string metrics = searchd.client().Get("/metrics").body;
    return metrics.find("quipu_connections 2") != std::string::npos;
  }));
  searchd.program().Signal(SIGTERM);
  ASSERT_TRUE(searchd.Logs("\"stopping\""));
  ASSERT_TRUE(client.Send(request.substr(20)));
  EXPECT_EQ(client.Read().status, 200);
  EXPECT_EQ(searchd.program().Wait().exit_code, 0);
}

}  // namespace
}  // namespace quipu::testing
