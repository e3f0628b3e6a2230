// SPDX-License-Identifier: GPL-2.0-or-later
// Every way in which quipu-indexer can end, by exit code, and that the index is then what it should be.
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

TEST(ExitCode, Is2ForAnUnknownIndexAndNamesTheNearest) {
  const Archive archive;
  const ProgramResult result = archive.Indexer({"run", "archiv"});
  EXPECT_EQ(result.exit_code, 2);
  EXPECT_THAT(result.err, HasSubstr("`archive`"));
}

TEST(ExitCode, Is2ForUsage) {
  const Archive archive;
  EXPECT_EQ(archive.Indexer({}).exit_code, 2);
  EXPECT_EQ(archive.Indexer({"rum"}).exit_code, 2);
  EXPECT_EQ(archive.Indexer({"run", "--no-such-option"}).exit_code, 2);
  EXPECT_EQ(archive.Indexer({"run", "--jobs", "0"}).exit_code, 2);
  EXPECT_EQ(archive.Indexer({"run", "--config", "nowhere.toml"}).exit_code, 2);
  EXPECT_EQ(archive.Indexer({"add", "archive"}).exit_code, 2);
}

TEST(ExitCode, Is2ForAWrongConfigurationWithItsPlace) {
  const Archive archive;
  WriteFile(archive.root() / "quipu.toml", "data_dir = \"var\"\n[indexes.archive]\nfacet = [\"x\"]\n");
  for (const char* command : {"run", "check", "status"}) {
    const ProgramResult result = archive.Indexer({command});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.out + result.err, HasSubstr("quipu.toml:3:1")) << command;
    EXPECT_THAT(result.out + result.err, HasSubstr("facets")) << command;
  }
}

TEST(ExitCode, Is2ForAPatternThatIsWrong) {
  const Archive archive("", "include = [\"a[b\"]");
  for (const char* command : {"run", "check"}) {
    const ProgramResult result = archive.Indexer({command});
    EXPECT_EQ(result.exit_code, 2) << command;
    EXPECT_THAT(result.out + result.err, HasSubstr("`a[b`")) << command;
  }
}

TEST(ExitCode, Is0ForHelpAndVersion) {
  const Archive archive;
  EXPECT_THAT(archive.Indexer({"--help"}).out, HasSubstr("run [INDEX"));
  EXPECT_THAT(archive.Indexer({"run", "--help"}).out, HasSubstr("--rebuild"));
  EXPECT_THAT(archive.Indexer({"--version"}).out, HasSubstr("quipu-indexer "));
  EXPECT_EQ(archive.Indexer({"--version"}).exit_code, 0);
}

TEST(ExitCode, Is1WhenASourceIsMissingAndTheIndexIsAsItWas) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  fs::rename(archive.files(), archive.root() / "moved away");
  const ProgramResult result = archive.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("files"));
  EXPECT_EQ(archive.Documents(), 1U);
}

TEST(ExitCode, Is3WhenTooMuchWouldVanishAndTheIndexIsAsItWas) {
  const Archive archive;
  for (int i = 0; i < 10; ++i) archive.Write(std::to_string(i) + ".txt", "the words");
  archive.Run();
  for (int i = 0; i < 3; ++i) fs::remove(archive.files() / (std::to_string(i) + ".txt"));
  archive.Write("new.txt", "new words");
  const ProgramResult result = archive.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_THAT(result.err, HasSubstr("3 of 10 documents"));
  EXPECT_EQ(archive.Documents(), 10U);
  EXPECT_FALSE(archive.Has("new.txt"));
  EXPECT_EQ(archive.Indexer({"run", "--rebuild"}).exit_code, 3);
  EXPECT_EQ(archive.Indexer({"run", "--max-vanish-percent", "100"}).exit_code, 0);
  EXPECT_EQ(archive.Documents(), 8U);
}

TEST(ExitCode, Is3AgainAndAgainUntilSomebodyDecides) {
  const Archive archive;
  archive.WriteMany(40);
  archive.Run();
  fs::remove_all(archive.files() / "many");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(archive.Indexer({"run"}).exit_code, 3);
  EXPECT_EQ(archive.Documents(), 40U);
}

TEST(ExitCode, Is3WhenFilesSuddenlyGiveNothing) {
  const Archive archive;
  archive.WriteMany(40);
  archive.Run();
  for (int i = 0; i < 40; ++i)
    archive.Write("many/" + std::to_string(i) + "/" + std::to_string(i) + ".txt", "", 2);
  for (int i = 0; i < 2; ++i) EXPECT_EQ(archive.Indexer({"run"}).exit_code, 3);
  EXPECT_EQ(archive.Documents(), 40U);
}

TEST(ExitCode, Is0WhenTheConfigurationAllowsIt) {
  const Archive archive("max_vanish_percent = 50");
  for (int i = 0; i < 10; ++i) archive.Write(std::to_string(i) + ".txt", "the words");
  archive.Run();
  for (int i = 0; i < 5; ++i) fs::remove(archive.files() / (std::to_string(i) + ".txt"));
  archive.Run();
  EXPECT_EQ(archive.Documents(), 5U);
}

TEST(ExitCode, Is0ForMovedFilesHoweverMany) {
  const Archive archive;
  for (int i = 0; i < 10; ++i)
    archive.Write("old/" + std::to_string(i) + ".txt", "words " + std::to_string(i));
  archive.Run();
  fs::rename(archive.files() / "old", archive.files() / "new");
  archive.Run();
  EXPECT_EQ(archive.Documents(), 10U);
}

TEST(ExitCode, Is4WhileAnotherJobHoldsTheIndex) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  const int lock = ::open((archive.data() / "archive/lock").c_str(), O_RDWR);
  ASSERT_GE(lock, 0);
  ASSERT_EQ(::flock(lock, LOCK_EX | LOCK_NB), 0);
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"run"}, {"delete", "archive", "a.txt"}, {"add", "archive", "-"}}) {
    const ProgramResult result = archive.Indexer(words, "{\"id\":\"x\",\"body\":\"y\"}\n");
    EXPECT_EQ(result.exit_code, 4) << words[0];
    EXPECT_THAT(result.err, HasSubstr("archive")) << words[0];
  }
  ::close(lock);
  archive.Run();
}

TEST(ExitCode, IsTheWorstOfSeveralIndexes) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  const std::string toml = ReadFile(archive.root() / "quipu.toml");
  WriteFile(archive.root() / "quipu.toml",
            toml + "[indexes.aaa]\n[[indexes.aaa.sources]]\ntype = \"folder\"\npath = \"missing\"\n");
  EXPECT_EQ(archive.Indexer({"run"}).exit_code, 1);
  EXPECT_EQ(archive.Documents(), 1U);  // the job of the other was done all the same
}

TEST(Interruption, StopsWithinASecondLeavesNobodyAndResumes) {
  const Archive archive;
  archive.WriteMany(1500, 400);
  for (const int signal : {SIGINT, SIGTERM}) {
    ProgramOptions options;
    options.folder = archive.root();
    RunningProgram program(Archive::Words({"run", "--progress", "json"}), options);
    ASSERT_TRUE(test::Within(
        10s, [&] { return program.Errors().find("\"stage\":\"reading\"") != std::string::npos; }));
    const auto before = std::chrono::steady_clock::now();
    program.Signal(signal);
    const ProgramResult result = program.Wait();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::milliseconds(1500));
    EXPECT_EQ(result.exit_code, 130) << result.err;
    EXPECT_THAT(result.err, HasSubstr("next run resumes"));
    EXPECT_TRUE(program.GroupIsGone());
  }
  archive.Run();
  EXPECT_EQ(archive.Documents(), 1500U);
}

TEST(Interruption, ASecondSignalEndsItAtOnce) {
  const Archive archive;
  archive.WriteMany(1500, 400);
  ProgramOptions options;
  options.folder = archive.root();
  RunningProgram program(Archive::Words({"run", "--progress", "json"}), options);
  ASSERT_TRUE(
      test::Within(10s, [&] { return program.Errors().find("\"stage\":\"reading\"") != std::string::npos; }));
  program.Signal(SIGINT);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  program.Signal(SIGINT);
  const ProgramResult result = program.Wait();
  EXPECT_EQ(result.exit_code, 130) << result.err;
  EXPECT_TRUE(program.GroupIsGone());
  archive.Run();
  EXPECT_EQ(archive.Documents(), 1500U);
}

TEST(Crash, LosesNothingAndDoublesNothing) {
  const Archive archive;
  archive.WriteMany(800, 200);
  for (const int after_ms : {150, 400, 800, 1200}) {
    ProgramOptions options;
    options.folder = archive.root();
    RunningProgram program(Archive::Words({"run", "--quiet"}), options);
    std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
    program.Kill();
    program.Wait();
    EXPECT_TRUE(program.GroupIsGone()) << "an extraction process outlived the job";
  }
  archive.Run();
  EXPECT_EQ(archive.Documents(), 800U);
  const auto states = archive.Run();
  EXPECT_EQ(states.size(), 800U);
  for (const auto& [id, state] : states) ASSERT_EQ(state, "unchanged") << id;
}

TEST(Crash, OfAnUpdateLeavesThePublishedIndex) {
  const Archive archive;
  archive.WriteMany(300);
  archive.Run();
  for (int i = 0; i < 300; ++i) {
    archive.Write("many/" + std::to_string(i % 100) + "/" + std::to_string(i) + ".txt", "changed words", 2);
  }
  for (const int after_ms : {30, 60, 120}) {
    ProgramOptions options;
    options.folder = archive.root();
    RunningProgram program(Archive::Words({"run", "--quiet"}), options);
    std::this_thread::sleep_for(std::chrono::milliseconds(after_ms));
    program.Kill();
    program.Wait();
    EXPECT_EQ(archive.Documents(), 300U);
  }
  archive.Run();
  EXPECT_EQ(archive.Documents(), 300U);
  EXPECT_THAT(archive.Body("many/7/7.txt"), HasSubstr("changed words"));
}

}  // namespace
}  // namespace quipu::testing
