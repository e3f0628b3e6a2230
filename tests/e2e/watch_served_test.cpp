// SPDX-License-Identifier: GPL-2.0-or-later
// The two programs together: what `watch` publishes, a running quipu-searchd answers with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "tests/e2e/archive.h"
#include "tests/e2e/running_searchd.h"
#include "tests/support/within.h"

namespace quipu::testing {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

class WatchServed : public ::testing::Test {
 protected:
  WatchServed() {
    const auto toml = archive_.root() / "quipu.toml";
    WriteFile(toml, ReadFile(toml) + "[searchd]\nlisten = \"127.0.0.1:0\"\n");
  }

  void Start() {
    ProgramOptions options;
    options.folder = archive_.root();
    watch_.emplace(Archive::Words({"watch", "--progress", "none"}), options);
    ASSERT_TRUE(test::Within(
        10s, [&] { return std::filesystem::exists(archive_.data() / "archive/last-job.json"); }));
    searchd_.emplace(options);
    ASSERT_NE(searchd_->port(), 0) << searchd_->log();
    client_.emplace(searchd_->port());
    ASSERT_TRUE(test::Within(10s, [&] { return client_->Get("/indexes/archive/search?q=").status == 200; }));
  }

  bool Finds(const std::string& words, const std::string& id) const {
    const auto answer = client_->Get("/indexes/archive/search?q=" + words);
    if (answer.status != 200) return false;
    const auto hits = nlohmann::json::parse(answer.body)["hits"];
    return std::any_of(hits.begin(), hits.end(), [&](const auto& hit) { return hit["id"] == id; });
  }
  double SecondsUntil(bool found, const std::string& words, const std::string& id) const {
    const auto began = Clock::now();
    EXPECT_TRUE(test::Within(10s, [&] { return Finds(words, id) == found; })) << words;
    return std::chrono::duration<double>(Clock::now() - began).count();
  }

  Archive archive_{"max_vanish_percent = 100"};
  std::optional<RunningProgram> watch_;
  std::optional<RunningSearchd> searchd_;
  std::optional<test::HttpClient> client_;
};

// 0.2 s of quiet, the job, and the server's look at the index. On an idle machine the whole first test took
// 0.8 s, three changes and the start of both programs.
constexpr double kSoonSeconds = 4;

TEST_F(WatchServed, NewChangedAndDeletedFilesAreAnsweredWithSoon) {
  archive_.Write("a.txt", "llamas on the road");
  Start();
  EXPECT_TRUE(Finds("llamas", "a.txt"));
  archive_.Write("b.txt", "alpacas on the road");
  EXPECT_LT(SecondsUntil(true, "alpacas", "b.txt"), kSoonSeconds);
  archive_.Write("a.txt", "guanacos on the road", 2);
  EXPECT_LT(SecondsUntil(true, "guanacos", "a.txt"), kSoonSeconds);
  EXPECT_FALSE(Finds("llamas", "a.txt"));
  std::filesystem::remove(archive_.files() / "b.txt");
  EXPECT_LT(SecondsUntil(false, "alpacas", "b.txt"), kSoonSeconds);
}

TEST_F(WatchServed, NoRequestFailsWhileManyFilesCome) {
  archive_.Write("a.txt", "llamas on the road");
  Start();
  std::atomic<bool> done = false;
  std::atomic<int> failed = 0;
  std::atomic<int> asked = 0;
  std::jthread searching([&] {
    for (; !done; ++asked) failed += Finds("llamas", "a.txt") ? 0 : 1;
  });
  archive_.WriteMany(1200, 20);  // so many are a new generation
  EXPECT_TRUE(test::Within(10s, [&] { return Finds("document+number+1199", "many/99/1199.txt"); }));
  done = true;
  searching.join();
  EXPECT_EQ(failed, 0) << "of " << asked;
  EXPECT_GT(asked, 10);
}

}  // namespace
}  // namespace quipu::testing
