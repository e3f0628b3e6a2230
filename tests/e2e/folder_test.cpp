// SPDX-License-Identifier: GPL-2.0-or-later
// What a folder may hold besides files that hold still.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "tests/e2e/archive.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using States = std::map<std::string, std::string>;

TEST(Folder, EndsInSpiteOfLinksThatLeadBack) {
  const Archive archive;
  archive.Write("a/b/c.txt", "words");
  fs::create_directory_symlink("..", archive.files() / "a/b/up");
  fs::create_directory_symlink(archive.files(), archive.files() / "a/root");
  fs::create_symlink("self", archive.files() / "self");
  const States states = archive.Run();
  EXPECT_EQ(states.at("a/b/c.txt"), "indexed");
  EXPECT_EQ(archive.Documents(), 1U);
}

TEST(Folder, TellsUpperFromLowerCase) {
  const Archive archive("", "exclude = [\"drafts\"]");
  archive.Write("README.txt", "capital words");
  archive.Write("readme.txt", "small words");
  archive.Write("Drafts/a.txt", "not excluded");
  archive.Write("drafts/a.txt", "excluded");
  EXPECT_EQ(archive.Run(),
            (States{{"README.txt", "indexed"}, {"readme.txt", "indexed"}, {"Drafts/a.txt", "indexed"}}));
}

TEST(Folder, ReadsNoMoreOfASparseFileThanItMay) {
  const Archive archive;
  const fs::path file = archive.files() / "sparse.txt";
  WriteFile(file, "words at the beginning\n");
  fs::resize_file(file, 1ULL << 30);
  archive.Write("a.txt", "words");
  const States states = archive.Run();
  EXPECT_EQ(states.at("a.txt"), "indexed");
  EXPECT_NE(states.at("sparse.txt"), "unchanged");
}

TEST(Folder, ReadsAFileThatGrowsAndLooksAgain) {
  const Archive archive;
  std::atomic<bool> done{false};
  WriteFile(archive.files() / "log.txt", "first line\n");
  std::jthread writer([&] {
    std::ofstream log(archive.files() / "log.txt", std::ios::app);
    while (!done) {
      log << "one more line of the log\n" << std::flush;
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  EXPECT_EQ(archive.Run().at("log.txt"), "indexed");
  done = true;
  writer.join();
  archive.Run();
  SetTime(archive.files() / "log.txt", 5);
  archive.Run();
  EXPECT_THAT(archive.Body("log.txt"), HasSubstr("one more line"));
  EXPECT_EQ(archive.Body("log.txt").size() + 1, fs::file_size(archive.files() / "log.txt"));
}

TEST(Folder, TellsAFileThatItMayNotReadAndKeepsItsDocument) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const Archive archive;
  archive.Write("a.txt", "words");
  archive.Write("b.txt", "other words");
  archive.Run();
  archive.Write("a.txt", "new words", 2);
  fs::permissions(archive.files() / "a.txt", fs::perms::none);
  EXPECT_EQ(archive.Run().at("a.txt"), "failed");
  EXPECT_EQ(archive.Body("a.txt"), "words");
}

/// `run --rebuild` by a user who is not root, if there is a way to become one.
int RebuildWithoutPrivileges(const Archive& archive) {
  ProgramOptions options;
  options.folder = archive.root();
  std::vector<std::string> words =
      Archive::Words({"run", "--quiet", "--rebuild", "--report", "report.jsonl"});
  if (::geteuid() == 0) {
    constexpr uid_t kNobody = 65534;
    std::vector<fs::path> files{archive.root()};
    for (const auto& entry : fs::recursive_directory_iterator(archive.root())) files.push_back(entry.path());
    for (const fs::path& file : files)
      if (::lchown(file.c_str(), kNobody, kNobody) != 0) return 127;
    const std::vector<std::string> become{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};
    words.insert(words.begin(), become.begin(), become.end());
  }
  return RunProgram(words, options).exit_code;
}

TEST(Folder, ARebuildKeepsTheDocumentsOfAFileThatItMayNotRead) {
  const Archive archive;
  archive.Write("a.txt", "words");
  archive.Write("b.txt", "other words");
  archive.Write("c.zip", extract::testing::MakeZip({{"in/d.txt", "words of a member"}}));
  archive.Run();
  for (const char* file : {"a.txt", "c.zip"}) fs::permissions(archive.files() / file, fs::perms::none);
  const int status = RebuildWithoutPrivileges(archive);
  if (status == 126 || status == 127) GTEST_SKIP() << "there is no other user here";
  ASSERT_EQ(status, 0);
  EXPECT_EQ(archive.States().at("a.txt"), "failed");
  EXPECT_EQ(archive.Body("a.txt"), "words");
  EXPECT_EQ(archive.Body("c.zip/in/d.txt"), "words of a member");
  EXPECT_EQ(archive.Documents(), 4U) << "with the archive itself";
  for (const char* file : {"a.txt", "c.zip"}) fs::permissions(archive.files() / file, fs::perms::owner_all);
  EXPECT_EQ(archive.Run().at("a.txt"), "indexed") << "it was not read, so it is tried again";
}

TEST(Folder, TellsThatADocumentHasMoreWordsThanAnIndexTakes) {
  const Archive archive;
  std::string text;
  for (int i = 0; i < 230000; ++i) text += "w" + std::to_string(i) + (i % 10 == 9 ? ".\n" : " ");
  archive.Write("words.txt", text);
  archive.Write("few.txt", "words");
  const States states = archive.Run();
  EXPECT_EQ(states.at("words.txt"), "truncated");
  EXPECT_EQ(states.at("few.txt"), "indexed");
  for (const auto& line : archive.Report()) {
    if (line["id"] == "words.txt") {
      EXPECT_THAT(line["reason"], HasSubstr("400,000 different words"));
    }
  }
  EXPECT_EQ(archive.Run().at("words.txt"), "unchanged");
  archive.Write("words.txt", text + "more", 2);  // in place
  EXPECT_EQ(archive.Run().at("words.txt"), "truncated");
}

TEST(Folder, IsNotHeldUpByAPipe) {
  const Archive archive;
  archive.Write("a.txt", "words");
  ASSERT_EQ(::mkfifo((archive.files() / "pipe.txt").c_str(), 0600), 0);
  const auto began = std::chrono::steady_clock::now();
  EXPECT_EQ(archive.Run(), (States{{"a.txt", "indexed"}, {"pipe.txt", "skipped"}}));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(20));
}

TEST(Folder, TakesOddNames) {
  const Archive archive("", "url = \"https://e.org/\"");
  const std::string odd = " two  spaces\t#?%\"'<&>.txt";
  archive.Write(odd, "words");
  archive.Write("line\nbreak.txt", "words");
  archive.Write("\xFF\xFE.txt", "words");
  const States states = archive.Run();
  EXPECT_EQ(states.at(odd), "indexed");
  EXPECT_EQ(states.at("line\nbreak.txt"), "indexed");
  EXPECT_EQ(states.at("%FF%FE.txt"), "indexed");
  EXPECT_EQ(archive.Stored(odd).url, "https://e.org/%20two%20%20spaces%09%23%3F%25%22%27%3C%26%3E.txt");
}

}  // namespace
}  // namespace quipu::testing
