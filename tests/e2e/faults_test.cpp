// SPDX-License-Identifier: GPL-2.0-or-later
// What a running quipu-searchd survives: its indexes, its log, its descriptors and its clients at their
// worst.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/index/index_directory.h"
#include "tests/e2e/archive.h"
#include "tests/e2e/running_searchd.h"
#include "tests/support/raw_http_client.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::string kSearch = "/indexes/archive/search?q=llamas";

class Faults : public ::testing::Test {
 protected:
  Faults() {
    const auto toml = archive_.root() / "quipu.toml";
    WriteFile(toml, ReadFile(toml) + "[searchd]\nlisten = \"127.0.0.1:0\"\n");
    archive_.WriteMany(200);
    archive_.Write("a.txt", "llamas on the road");
    archive_.Run();
    options_.folder = archive_.root();
  }

  fs::path Index() const { return archive_.data() / "archive"; }

  /// Searches, documents and figures are answered, or the index is said to be unavailable; never a detail of
  /// the machine.
  void ExpectHonest(const test::HttpClient& client) const {
    for (const std::string& target :
         {kSearch, std::string("/indexes/archive/search?q=word7+word12&limit=200"),
          std::string("/indexes/archive/documents/a.txt"), std::string("/indexes/archive/stats"),
          std::string("/search?q=llamas")}) {
      const auto answer = client.Get(target);
      EXPECT_THAT(answer.status, AnyOf(200, 404, 500, 503)) << target;
      EXPECT_THAT(answer.body, Not(HasSubstr(archive_.root().string()))) << target;
      EXPECT_THAT(answer.body, Not(HasSubstr("glass"))) << target;
    }
    EXPECT_EQ(client.Get("/health").status, 200);
  }

  Archive archive_{"max_vanish_percent = 100"};
  ProgramOptions options_;
};

TEST_F(Faults, AnIndexThatIsDeletedAndBuiltAnewIsServedAnew) {
  RunningSearchd searchd(archive_.root());
  const auto client = searchd.client();
  ASSERT_EQ(client.Get(kSearch).status, 200);
  fs::remove_all(Index());
  ExpectHonest(client);
  archive_.Write("b.txt", "alpacas on the road");
  archive_.Run();
  EXPECT_TRUE(test::Within(std::chrono::seconds(5), [&] {
    return client.Get("/indexes/archive/search?q=alpacas").body.find("b.txt") != std::string::npos;
  }));
  EXPECT_EQ(searchd.Stop().exit_code, 0);
}

TEST_F(Faults, AnIndexThatIsReplacedByAnotherIsServed) {
  const Archive other;
  other.Write("c.txt", "vicunas on the road");
  other.Run();
  RunningSearchd searchd(archive_.root());
  const auto client = searchd.client();
  ASSERT_EQ(client.Get(kSearch).status, 200);
  fs::rename(Index(), archive_.data() / "old");
  fs::rename(other.data() / "archive", Index());
  EXPECT_TRUE(test::Within(std::chrono::seconds(5), [&] {
    ExpectHonest(client);
    return client.Get("/indexes/archive/search?q=vicunas").body.find("c.txt") != std::string::npos;
  }));
  EXPECT_EQ(client.Get("/ready").status, 200);
}

TEST_F(Faults, ACorruptIndexEndsNoServerAndShowsNoDetails) {
  RunningSearchd searchd(archive_.root());
  const auto client = searchd.client();
  ASSERT_EQ(client.Get(kSearch).status, 200);
  for (const auto& entry : fs::recursive_directory_iterator(Index())) {
    if (!entry.is_regular_file() || entry.file_size() < 4096) continue;
    // The first block stays: what is broken shows only when it is read.
    std::fstream file(entry.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(600);
    for (std::uintmax_t at = 600; at < entry.file_size(); at += 16) file << "\xde\xad\xbe\xef garbage...";
  }
  for (int i = 0; i < 20; ++i) ExpectHonest(client);
  EXPECT_TRUE(searchd.program().Running());
  archive_.Run({"--rebuild"});
  EXPECT_TRUE(test::Within(std::chrono::seconds(5), [&] {
    const auto answer = client.Get(kSearch);
    return answer.status == 200 && answer.body.find("a.txt") != std::string::npos;
  })) << searchd.log();
  EXPECT_EQ(searchd.Stop().exit_code, 0);
}

TEST_F(Faults, AnIndexOfAnotherVersionIsToldAndTheLastOneServed) {
  RunningSearchd searchd(archive_.root());
  const auto client = searchd.client();
  ASSERT_EQ(client.Get(kSearch).status, 200);
  {
    const index::IndexDirectory directory(Index());
    Xapian::WritableDatabase database(directory.GenerationPath(*directory.CurrentGeneration()).string());
    database.set_metadata("format", "999");
    database.commit();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  ExpectHonest(client);
  const ProgramResult check = RunProgram({QUIPU_SEARCHD, "check"}, options_);
  EXPECT_EQ(check.exit_code, 2);
  EXPECT_THAT(check.out, HasSubstr("--rebuild"));
}

TEST_F(Faults, AFullDiskUnderTheLogCostsTheLog) {
  const ProgramResult probe = RunProgram({"/bin/sh", "-c", "test -c /dev/full"});
  if (probe.exit_code != 0) GTEST_SKIP() << "there is no /dev/full";
  WriteFile(archive_.root() / "quipu.toml",
            ReadFile(archive_.root() / "quipu.toml") + "admin_listen = \"127.0.0.1:0\"\n");
  const auto socket = archive_.root() / "s";
  RunningProgram program(
      {"/bin/sh", "-c", std::string("exec ") + QUIPU_SEARCHD + " serve --listen unix:s 2>/dev/full"},
      options_);
  ASSERT_TRUE(test::Within(std::chrono::seconds(10), [&] { return fs::exists(socket); }));
  for (int i = 0; i < 50; ++i) {
    test::RawClient client(0, socket.string());
    EXPECT_EQ(client.Ask(test::Get(kSearch)).status, 200);
  }
  program.Signal(SIGTERM);
  EXPECT_EQ(program.Wait().exit_code, 0);
}

TEST_F(Faults, NoDescriptorsLeftEndsNoServer) {
  RunningSearchd searchd(options_,
                         {"/bin/sh", "-c", std::string("ulimit -n 40; exec ") + QUIPU_SEARCHD + " serve"});
  ASSERT_NE(searchd.port(), 0) << searchd.log();
  {
    std::vector<test::RawClient> many;
    for (int i = 0; i < 60; ++i) many.emplace_back(searchd.port());
    // A commit comes while there is no descriptor to read it with.
    archive_.Write("b.txt", "alpacas on the road");
    archive_.Run();
    std::this_thread::sleep_for(std::chrono::milliseconds(600));
    EXPECT_TRUE(searchd.program().Running());
  }
  EXPECT_TRUE(test::Within(std::chrono::seconds(5), [&] {
    const auto answer = searchd.client().Get("/indexes/archive/search?q=alpacas");
    return answer.body.find("b.txt") != std::string::npos;
  })) << searchd.log();
  EXPECT_EQ(searchd.Stop().exit_code, 0);
}

TEST_F(Faults, TenThousandConnectionsAreHeldAndAnswered) {
  constexpr int kConnections = 10'000;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  if (limit.rlim_max < kConnections + 200)
    GTEST_SKIP() << "no more than " << limit.rlim_max << " descriptors here";
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);  // quipu-searchd inherits it
  RunningSearchd searchd(archive_.root());
  std::vector<test::RawClient> clients;
  clients.reserve(kConnections);
  for (int i = 0; i < kConnections - 10; ++i) clients.emplace_back(searchd.port());
  EXPECT_TRUE(std::all_of(clients.begin(), clients.end(), [](const auto& client) { return client.ok(); }));
  EXPECT_EQ(searchd.client().Get(kSearch).status, 200);
  for (std::size_t i = 0; i < clients.size(); i += 1000)
    EXPECT_EQ(clients[i].Ask(test::Get(kSearch)).status, 200) << i;
  EXPECT_EQ(searchd.client().Get("/health").status, 200);
}

TEST_F(Faults, WhoReadsAByteASecondHoldsUpNobody) {
  RunningSearchd searchd(archive_.root());
  std::vector<test::RawClient> slow;
  for (int i = 0; i < 50; ++i) {
    slow.emplace_back(searchd.port(), "127.0.0.1", 2048);
    ASSERT_TRUE(slow.back().Send(test::Get("/indexes/archive/search?q=word7&limit=200&passages=5")));
  }
  for (int i = 0; i < 20; ++i) EXPECT_EQ(searchd.client().Get(kSearch).status, 200);
  for (test::RawClient& client : slow) client.ReadSome(1);
  EXPECT_EQ(searchd.client().Get("/health").status, 200);
}

}  // namespace
}  // namespace quipu::testing
