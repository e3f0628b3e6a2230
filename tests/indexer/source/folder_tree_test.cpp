// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/folder_tree.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstring>
#include <map>
#include <string>

#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::source {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::TempDir;
using testing::WriteFile;

class FolderTreeTest : public ::testing::Test {
 protected:
  Listing List(const std::vector<std::string>& include = {"**"}, const std::vector<std::string>& exclude = {},
               const std::vector<fs::path>& not_into = {}) {
    auto filter = PathFilter::Make(include, exclude);
    EXPECT_TRUE(filter);
    auto tree = FolderTree::Open(root_);
    EXPECT_TRUE(tree);
    auto listing = tree->List(*filter, not_into, {});
    EXPECT_TRUE(listing);
    return std::move(listing).value();
  }

  static std::vector<std::string> Ids(const Listing& listing) {
    std::vector<std::string> ids;
    for (const Found& found : listing.found) ids.push_back(found.id);
    return ids;
  }

  static std::map<std::string, std::string> Problems(const Listing& listing) {
    std::map<std::string, std::string> problems;
    for (const Problem& problem : listing.problems) problems[problem.id] = problem.reason;
    return problems;
  }

  TempDir dir_;
  fs::path root_ = dir_.path() / "root";

  void SetUp() override { fs::create_directories(root_); }
};

TEST_F(FolderTreeTest, ListsFilesInOrderWithSizeAndTime) {
  WriteFile(root_ / "b.txt", "12345");
  WriteFile(root_ / "a/z.txt", "");
  WriteFile(root_ / "a/b/c.txt", "");
  testing::SetTime(root_ / "b.txt", 7);
  const Listing listing = List();
  EXPECT_THAT(Ids(listing), ElementsAre("a/b/c.txt", "a/z.txt", "b.txt"));
  EXPECT_EQ(listing.found[2].stamp.size, 5U);
  EXPECT_EQ(listing.found[2].stamp.mtime_ns, 1767225607'000000000);
}

TEST_F(FolderTreeTest, PassesOverHiddenFilesAndLeftoversInSilence) {
  for (const char* name :
       {".git/config", ".env", "a/.x/y.txt", "x~", "#x#", "~$x.docx", "Thumbs.db", "good.txt"}) {
    WriteFile(root_ / name, "");
  }
  const Listing listing = List();
  EXPECT_THAT(Ids(listing), ElementsAre("good.txt"));
  EXPECT_THAT(listing.problems, IsEmpty());
}

TEST_F(FolderTreeTest, TakesHiddenFilesAndLeftoversThatAreNamed) {
  for (const char* name : {".htaccess", "x~", "good.txt"}) WriteFile(root_ / name, "");
  EXPECT_THAT(Ids(List({"**/.htaccess", "*~"})), ElementsAre(".htaccess", "x~"));
}

TEST_F(FolderTreeTest, ObeysIncludeAndExclude) {
  for (const char* name : {"a.txt", "a.md", "drafts/b.txt", "c/draft-1.txt", "c/d.txt"})
    WriteFile(root_ / name, "");
  EXPECT_THAT(Ids(List({"**/*.txt"}, {"**/draft-*", "drafts"})), ElementsAre("a.txt", "c/d.txt"));
}

TEST_F(FolderTreeTest, FollowsALinkToAFileInside) {
  WriteFile(root_ / "real/a.txt", "123");
  fs::create_symlink("real/a.txt", root_ / "relative.txt");
  fs::create_symlink(root_ / "real/a.txt", root_ / "absolute.txt");
  const Listing listing = List();
  EXPECT_THAT(Ids(listing), ElementsAre("absolute.txt", "real/a.txt", "relative.txt"));
  EXPECT_EQ(listing.found[0].stamp.size, 3U);
}

TEST_F(FolderTreeTest, SkipsLinksThatLeadOutOrNowhereOrToFolders) {
  WriteFile(dir_.path() / "secret.txt", "");
  WriteFile(dir_.path() / "root-neighbour/secret.txt", "");
  WriteFile(root_ / "folder/a.txt", "");
  fs::create_symlink("../secret.txt", root_ / "out.txt");
  fs::create_symlink(dir_.path() / "root-neighbour/secret.txt", root_ / "neighbour.txt");
  fs::create_symlink("nothing", root_ / "broken.txt");
  fs::create_symlink("loop.txt", root_ / "loop.txt");
  fs::create_symlink(".", root_ / "folder/here");
  const Listing listing = List();
  EXPECT_THAT(Ids(listing), ElementsAre("folder/a.txt"));
  const auto problems = Problems(listing);
  ASSERT_EQ(problems.size(), 5U);
  EXPECT_THAT(problems.at("out.txt"), HasSubstr("out of the source folder"));
  EXPECT_THAT(problems.at("neighbour.txt"), HasSubstr("out of the source folder"));
  EXPECT_THAT(problems.at("broken.txt"), HasSubstr("link to nothing"));
  EXPECT_THAT(problems.at("loop.txt"), HasSubstr("link"));
  EXPECT_THAT(problems.at("folder/here"), HasSubstr("link to a folder"));
}

TEST_F(FolderTreeTest, SkipsPipesAndSocketsAndSaysSo) {
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = (root_ / "socket").string();
  ASSERT_LT(path.size(), sizeof address.sun_path);
  std::memcpy(address.sun_path, path.c_str(), path.size());
  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  ASSERT_EQ(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
  const Listing listing = List();
  ::close(socket);
  EXPECT_THAT(listing.found, IsEmpty());
  EXPECT_THAT(Problems(listing).at("pipe"), HasSubstr("named pipe"));
  EXPECT_THAT(Problems(listing).at("socket"), HasSubstr("socket"));
}

/// Reads as a user who is not root, whatever this process is.
class WithoutPrivileges {
 public:
  explicit WithoutPrivileges(const fs::path& visible) {
    constexpr uid_t kNobody = 65534;
    fs::permissions(visible, fs::perms(0755));
    if (::geteuid() == 0 && ::seteuid(kNobody) != 0) throw std::runtime_error("seteuid");
  }
  ~WithoutPrivileges() { EXPECT_EQ(::seteuid(::getuid()), 0); }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;
};

TEST_F(FolderTreeTest, TellsAFolderThatItMayNotRead) {
  WriteFile(root_ / "closed/a.txt", "");
  WriteFile(root_ / "open.txt", "");
  fs::permissions(root_ / "closed", fs::perms::none);
  const Listing listing = [&] {
    const WithoutPrivileges someone(dir_.path());
    return List();
  }();
  fs::permissions(root_ / "closed", fs::perms::owner_all);
  EXPECT_THAT(Ids(listing), ElementsAre("open.txt"));
  EXPECT_THAT(listing.unreadable, ElementsAre("closed/"));
  EXPECT_THAT(Problems(listing).at("closed/"), HasSubstr("cannot be read"));
}

TEST_F(FolderTreeTest, StopsAtADepthThatNobodyMeant) {
  fs::path deep = root_;
  for (int i = 0; i < 210; ++i) deep /= "d";
  WriteFile(deep / "a.txt", "");
  const Listing listing = List();
  EXPECT_THAT(listing.found, IsEmpty());
  ASSERT_EQ(listing.unreadable.size(), 1U);
  EXPECT_THAT(listing.problems[0].reason, HasSubstr("too deep"));
}

TEST_F(FolderTreeTest, DoesNotEnterTheIndexesOwnFolder) {
  WriteFile(root_ / "var/seeds/x.txt", "");
  WriteFile(root_ / "a.txt", "");
  EXPECT_THAT(Ids(List({"**"}, {}, {root_ / "var"})), ElementsAre("a.txt"));
}

TEST_F(FolderTreeTest, GivesNamesOfAnyBytesAUtf8Id) {
  WriteFile(root_ / "a\xFF.txt", "");
  WriteFile(root_ / "b\n.txt", "");
  EXPECT_THAT(Ids(List()), ElementsAre("a%FF.txt", "b\n.txt"));
}

TEST_F(FolderTreeTest, SaysThatAMissingFolderIsMissing) {
  const auto tree = FolderTree::Open(root_ / "nowhere");
  ASSERT_FALSE(tree);
  EXPECT_THAT(tree.error().message, HasSubstr("No such file"));
}

TEST_F(FolderTreeTest, OpensNothingButFilesInside) {
  WriteFile(dir_.path() / "secret.txt", "secret");
  WriteFile(root_ / "a.txt", "open");
  fs::create_symlink("../secret.txt", root_ / "link.txt");
  fs::create_directory_symlink("..", root_ / "up");
  ASSERT_EQ(::mkfifo((root_ / "pipe").c_str(), 0600), 0);
  const auto tree = FolderTree::Open(root_);
  ASSERT_TRUE(tree);
  EXPECT_TRUE(tree->OpenFile("a.txt"));
  for (const char* path : {"link.txt", "up/secret.txt", "../secret.txt", "pipe", "up", "nothing"}) {
    EXPECT_FALSE(tree->OpenFile(path)) << path;
  }
}

TEST_F(FolderTreeTest, StopsWhenAsked) {
  WriteFile(root_ / "a.txt", "");
  auto filter = PathFilter::Make({"**"}, {});
  auto tree = FolderTree::Open(root_);
  std::stop_source stop;
  stop.request_stop();
  const auto listing = tree->List(*filter, {}, stop.get_token());
  ASSERT_TRUE(listing);
  EXPECT_THAT(listing->found, IsEmpty());
}

}  // namespace
}  // namespace quipu::source
