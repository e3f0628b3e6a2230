// SPDX-License-Identifier: GPL-2.0-or-later
// `watch` from outside: what changes is found soon, and nothing but a signal ends it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/file.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/e2e/archive.h"
#include "tests/support/within.h"

namespace quipu::testing {
namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;
using ::testing::HasSubstr;

class Watch : public ::testing::Test {
 protected:
  void Start(const std::vector<std::string>& more = {}) {
    ProgramOptions options;
    options.folder = archive_.root();
    std::vector<std::string> words{"watch", "--progress", "none"};
    words.insert(words.end(), more.begin(), more.end());
    program_.emplace(Archive::Words(words), options);
  }
  /// Whether the published index has the document, within ten seconds.
  bool Appears(const std::string& id) const {
    return test::Within(10s, [&] {
      const auto reader = index::IndexReader::Open(archive_.data() / "archive");
      return reader && reader->FindDocument(id) != 0;
    });
  }
  bool Disappears(const std::string& id) const {
    return test::Within(10s, [&] { return !archive_.Has(id); });
  }
  int Stop(int signal = SIGTERM) {
    program_->Signal(signal);
    const ProgramResult result = program_->Wait();
    EXPECT_TRUE(program_->GroupIsGone());
    return result.exit_code;
  }

  Archive archive_{"max_vanish_percent = 100"};
  std::optional<RunningProgram> program_;
};

TEST_F(Watch, FindsNewChangedMovedAndDeletedFilesAndEndsInGoodOrder) {
  archive_.Write("a.txt", "the words");
  Start();
  ASSERT_TRUE(Appears("a.txt"));
  archive_.Write("b.txt", "more words");
  EXPECT_TRUE(Appears("b.txt"));
  archive_.Write("new/deep/c.txt", "deep words");
  EXPECT_TRUE(Appears("new/deep/c.txt"));
  archive_.Write("new/deep/d.txt", "deeper words");
  EXPECT_TRUE(Appears("new/deep/d.txt"));
  fs::rename(archive_.files() / "new", archive_.files() / "old");
  EXPECT_TRUE(Appears("old/deep/d.txt"));
  archive_.Write("a.txt", "other words", 2);
  EXPECT_TRUE(test::Within(10s, [&] { return archive_.Body("a.txt") == "other words"; }));
  fs::remove(archive_.files() / "b.txt");
  EXPECT_TRUE(Disappears("b.txt"));
  const auto revision = archive_.Reader().revision();
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  EXPECT_EQ(archive_.Reader().revision(), revision) << "it runs although nothing changes";
  EXPECT_EQ(Stop(), 0);
}

TEST_F(Watch, MakesOneJobOfManyChanges) {
  archive_.Write("a.txt", "the words");
  Start();
  ASSERT_TRUE(Appears("a.txt"));
  const auto revision = archive_.Reader().revision();
  archive_.WriteMany(600, 5);
  EXPECT_TRUE(test::Within(10s, [&] { return archive_.Documents() == 601; }));
  EXPECT_LE(archive_.Reader().revision(), revision + 4);
  EXPECT_EQ(Stop(SIGINT), 0);
}

TEST_F(Watch, ASmallChangeIsThereWithinTwoSeconds) {
  archive_.WriteMany(300, 20);
  Start();
  ASSERT_TRUE(test::Within(10s, [&] { return fs::exists(archive_.data() / "archive/last-job.json"); }));
  const auto began = std::chrono::steady_clock::now();
  archive_.Write("b.txt", "more words");
  ASSERT_TRUE(Appears("b.txt"));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(4)) << "0.4 s on an idle machine";
  EXPECT_EQ(Stop(), 0);
}

TEST_F(Watch, GoesOnWhenAJobFailsOrIsRefusedOrLockedOut) {
  WriteFile(archive_.root() / "quipu.toml", ReadFile(archive_.root() / "quipu.toml") + "\ninterval_s = 1\n");
  archive_.Write("a.txt", "the words");
  Start();
  ASSERT_TRUE(Appears("a.txt"));
  fs::rename(archive_.files(), archive_.root() / "away");
  EXPECT_TRUE(test::Within(10s, [&] { return program_->Errors().find("failed") != std::string::npos; }));
  EXPECT_TRUE(archive_.Has("a.txt"));
  fs::rename(archive_.root() / "away", archive_.files());
  archive_.Write("b.txt", "more words");
  EXPECT_TRUE(Appears("b.txt"));
  const int lock = ::open((archive_.data() / "archive/lock").c_str(), O_RDWR | O_CLOEXEC);
  // The job that b.txt came with may not have ended yet.
  ASSERT_TRUE(test::Within(10s, [&] { return ::flock(lock, LOCK_EX | LOCK_NB) == 0; }));
  archive_.Write("c.txt", "words");
  EXPECT_TRUE(test::Within(10s, [&] { return program_->Errors().find("another job") != std::string::npos; }));
  ::close(lock);
  EXPECT_TRUE(Appears("c.txt"));
  EXPECT_EQ(Stop(), 0);
}

TEST_F(Watch, NoticesThatTheConfigurationChanged) {
  archive_.Write("a.txt", "the words");
  Start();
  ASSERT_TRUE(Appears("a.txt"));
  const std::string toml = ReadFile(archive_.root() / "quipu.toml");
  WriteFile(archive_.root() / "quipu.toml", toml + "nonsense = 1\n");
  EXPECT_TRUE(
      test::Within(10s, [&] { return program_->Errors().find("the old one is kept") != std::string::npos; }));
  WriteFile(archive_.root() / "more.jsonl", "{\"id\":\"line\",\"body\":\"words\"}\n");
  WriteFile(archive_.root() / "quipu.toml",
            toml + "[[indexes.archive.sources]]\ntype = \"jsonl\"\npath = \"more.jsonl\"\n");
  EXPECT_TRUE(Appears("line"));
  WriteFile(archive_.root() / "more.jsonl",
            "{\"id\":\"line\",\"body\":\"words\"}\n{\"id\":\"next\",\"body\":\"words\"}\n");
  EXPECT_TRUE(Appears("next"));
  EXPECT_EQ(Stop(), 0);
}

TEST_F(Watch, DoesNotWatchItsOwnIndex) {
  WriteFile(
      archive_.root() / "quipu.toml",
      "data_dir = \"files/var\"\n[indexes.archive]\n[[indexes.archive.sources]]\ntype = \"folder\"\npath = "
      "\"files\"\n");
  archive_.Write("a.txt", "the words");
  Start();
  const fs::path last_job = archive_.files() / "var/archive/last-job.json";
  ASSERT_TRUE(test::Within(10s, [&] { return fs::exists(last_job); }));
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  const auto time = fs::last_write_time(last_job);
  std::this_thread::sleep_for(std::chrono::milliseconds(1200));
  EXPECT_EQ(fs::last_write_time(last_job), time);
  EXPECT_EQ(Stop(), 0);
}

TEST_F(Watch, StopsWithinASecondInTheMiddleOfAJob) {
  archive_.WriteMany(1500, 300);
  Start();
  ASSERT_TRUE(test::Within(10s, [&] { return fs::exists(archive_.data() / "archive/building/state"); }));
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(Stop(SIGINT), 130);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::milliseconds(1500));
}

TEST_F(Watch, Is2ForWhatCannotBeWatchedAtAll) {
  EXPECT_EQ(archive_.Indexer({"watch", "nothing"}).exit_code, 2);
  WriteFile(
      archive_.root() / "quipu.toml",
      "data_dir = \"var\"\n[indexes.archive]\n[[indexes.archive.sources]]\ntype = \"jsonl\"\npath = \"-\"\n");
  const ProgramResult result = archive_.Indexer({"watch"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("standard input"));
}

}  // namespace
}  // namespace quipu::testing
