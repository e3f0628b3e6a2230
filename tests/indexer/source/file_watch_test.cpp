// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/file_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::source {
namespace {

namespace fs = std::filesystem;
using quipu::testing::SetTime;
using quipu::testing::TempDir;
using quipu::testing::WriteFile;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class FileWatchTest : public ::testing::Test {
 protected:
  FileWatchTest() {
    fs::create_directories(root_ / "a/b");
    fs::create_directories(root_ / "var");
    WriteFile(root_ / "a/one.txt", "one");
    EXPECT_TRUE(watch_.AddFolder(root_, 1).ok());
  }
  /// What has changed; inotify tells of it before the system call that did it returns.
  std::set<int> Changed() { return watch_.Take().tags; }

  TempDir dir_;
  fs::path root_ = dir_ / "files";
  FileWatch watch_{{dir_ / "files/var"}};
};

TEST_F(FileWatchTest, IsQuietWhileNothingChanges) {
  std::ifstream(root_ / "a/one.txt").get();
  EXPECT_THAT(Changed(), IsEmpty());
}

TEST_F(FileWatchTest, TellsOfEveryKindOfChange) {
  WriteFile(root_ / "a/b/new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1));
  SetTime(root_ / "a/one.txt", 5);
  EXPECT_THAT(Changed(), ElementsAre(1));
  fs::rename(root_ / "a/one.txt", root_ / "a/two.txt");
  EXPECT_THAT(Changed(), ElementsAre(1));
  fs::remove(root_ / "a/two.txt");
  EXPECT_THAT(Changed(), ElementsAre(1));
  fs::remove_all(root_ / "a");
  EXPECT_THAT(Changed(), ElementsAre(1));
  EXPECT_FALSE(watch_.Take().lost);
}

TEST_F(FileWatchTest, WatchesNewFolders) {
  fs::create_directories(root_ / "x/y/z");
  EXPECT_THAT(Changed(), ElementsAre(1));
  WriteFile(root_ / "x/y/z/new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1));
}

TEST_F(FileWatchTest, WatchesFoldersThatWereMovedInAndAround) {
  fs::create_directories(dir_ / "outside/deep");
  fs::rename(dir_ / "outside", root_ / "a/inside");
  EXPECT_THAT(Changed(), ElementsAre(1));
  WriteFile(root_ / "a/inside/deep/new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1));
  fs::rename(root_ / "a/inside", root_ / "elsewhere");
  EXPECT_THAT(Changed(), ElementsAre(1));
  fs::create_directories(root_ / "elsewhere/deep/deeper");
  EXPECT_THAT(Changed(), ElementsAre(1));
  WriteFile(root_ / "elsewhere/deep/deeper/new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1));
}

TEST_F(FileWatchTest, DoesNotFollowLinks) {
  fs::create_directories(dir_ / "outside");
  fs::create_directory_symlink(dir_ / "outside", root_ / "link");
  Changed();
  WriteFile(dir_ / "outside/new.txt", "new");
  EXPECT_THAT(Changed(), IsEmpty());
}

TEST_F(FileWatchTest, LeavesTheIndexesOut) {
  WriteFile(root_ / "var/archive/CURRENT", "gen-000001\n");
  EXPECT_THAT(Changed(), IsEmpty());
}

TEST_F(FileWatchTest, SaysWhenItsRootIsGone) {
  fs::rename(root_, dir_ / "moved");
  EXPECT_TRUE(watch_.Take().lost);
}

TEST_F(FileWatchTest, SaysWhenEventsWereDropped) {
  // The queue holds 16,384 events unless the system is configured otherwise; equal ones are merged.
  std::ifstream limit("/proc/sys/fs/inotify/max_queued_events");
  int events = 0;
  if (!(limit >> events) || events > 50'000) GTEST_SKIP() << "the queue is too long to be filled here";
  for (int i = 0; i < events; ++i) {
    const fs::path file = root_ / ("f" + std::to_string(i % 2));
    std::ofstream(file) << i;
    fs::remove(file);
  }
  const auto changes = watch_.Take();
  EXPECT_TRUE(changes.lost);
  EXPECT_THAT(watch_.Take().tags, IsEmpty());
}

TEST_F(FileWatchTest, WatchesSingleFilesAndNotTheirNeighbours) {
  FileWatch watch({});
  fs::create_directories(dir_ / "lines");
  ASSERT_TRUE(watch.AddFile(dir_ / "lines/items.jsonl", 7).ok());
  WriteFile(dir_ / "lines/other.jsonl", "x");
  EXPECT_THAT(watch.Take().tags, IsEmpty());
  WriteFile(dir_ / "lines/items.jsonl", "x");
  EXPECT_THAT(watch.Take().tags, ElementsAre(7));
  WriteFile(dir_ / "lines/next", "y");
  fs::rename(dir_ / "lines/next", dir_ / "lines/items.jsonl");
  EXPECT_THAT(watch.Take().tags, ElementsAre(7));
}

TEST_F(FileWatchTest, GivesTheTagsOfAllThatWatchOneFolder) {
  EXPECT_TRUE(watch_.AddFolder(root_ / "a", 2).ok());
  WriteFile(root_ / "a/b/new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1, 2));
  WriteFile(root_ / "new.txt", "new");
  EXPECT_THAT(Changed(), ElementsAre(1));
}

TEST_F(FileWatchTest, SaysWhyAFolderCannotBeWatched) {
  const Status missing = watch_.AddFolder(dir_ / "nowhere", 1);
  ASSERT_FALSE(missing.ok());
  EXPECT_THAT(missing.error().message, HasSubstr("nowhere cannot be watched"));
  FileWatch small({}, 2);
  const Status limit = small.AddFolder(root_, 1);
  ASSERT_FALSE(limit.ok());
  EXPECT_THAT(limit.error().message, HasSubstr("fs.inotify.max_user_watches"));
}

TEST_F(FileWatchTest, FoldersWithoutPermissionAreNoTrouble) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  fs::permissions(root_ / "a/b", fs::perms::none);
  FileWatch watch({});
  EXPECT_TRUE(watch.AddFolder(root_, 1).ok());
  fs::permissions(root_ / "a/b", fs::perms::owner_all);
  EXPECT_THAT(watch.Take().tags, ElementsAre(1));
  WriteFile(root_ / "a/b/new.txt", "new");
  EXPECT_THAT(watch.Take().tags, ElementsAre(1));
}

}  // namespace
}  // namespace quipu::source
