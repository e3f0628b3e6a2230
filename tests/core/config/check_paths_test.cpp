// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/config/config.h"
#include "tests/core/config/parsed.h"

namespace quipu::config {
namespace {

class CheckPathsTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = std::filesystem::temp_directory_path() /
              ("quipu-paths-" + std::to_string(::getpid()) + "-" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::create_directories(folder_ / "seeds");
    std::ofstream(folder_ / "list.jsonl") << "{}\n";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Faults(std::string_view toml) const {
    const Loaded loaded = Parse(toml, folder_ / "quipu.toml", NoEnvironment);
    EXPECT_TRUE(loaded.faults.empty());
    std::string lines;
    for (const Fault& fault : CheckPaths(loaded.config)) lines += Describe(fault, "quipu.toml") + "\n";
    return lines;
  }

  std::filesystem::path folder_;
};

TEST_F(CheckPathsTest, HasNoFaultWithWhatIsThere) {
  EXPECT_EQ(Faults("[[indexes.a.sources]]\npath = \"seeds\"\n"
                   "[[indexes.a.sources]]\ntype = \"jsonl\"\npath = \"list.jsonl\"\n"
                   "[[indexes.a.sources]]\ntype = \"jsonl\"\npath = \"-\"\n"
                   "[[indexes.a.sources]]\ntype = \"crawl\"\nurl = \"https://example.org/\"\n"),
            "");
}

TEST_F(CheckPathsTest, TellsEachPathThatIsNotThereAndWhereItIsNamed) {
  EXPECT_EQ(Faults("[searchd]\nkeys_file = \"keys.toml\"\n"
                   "[indexes.a]\nsynonyms_file = \"s.txt\"\n"
                   "[[indexes.a.sources]]\npath = \"none\"\n"),
            "quipu.toml:2:1: `searchd.keys_file`: " + (folder_ / "keys.toml").string() +
                ": there is no such file\n" + "quipu.toml:4:1: `indexes.a.synonyms_file`: " +
                (folder_ / "s.txt").string() + ": there is no such file\n" +
                "quipu.toml:6:1: `indexes.a.sources[0].path`: " + (folder_ / "none").string() +
                ": there is no such folder\n");
}

TEST_F(CheckPathsTest, TellsAFolderFromAFile) {
  EXPECT_THAT(Faults("[[indexes.a.sources]]\npath = \"list.jsonl\"\n"),
              testing::HasSubstr("this is not a folder"));
  EXPECT_THAT(Faults("[[indexes.a.sources]]\ntype = \"jsonl\"\npath = \"seeds\"\n"),
              testing::HasSubstr("this is a folder, not a file"));
}

TEST_F(CheckPathsTest, TellsWhatThisUserMayNotRead) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  std::filesystem::permissions(folder_ / "seeds", std::filesystem::perms::none);
  EXPECT_THAT(Faults("[[indexes.a.sources]]\npath = \"seeds\"\n"),
              testing::HasSubstr("this user may not read it"));
  std::filesystem::permissions(folder_ / "seeds", std::filesystem::perms::owner_all);
}

}  // namespace
}  // namespace quipu::config
