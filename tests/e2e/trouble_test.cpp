// SPDX-License-Identifier: GPL-2.0-or-later
// What the machine does wrong in the middle of a job: the disk is full or may not be written, files vanish.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::AnyOf;
using ::testing::HasSubstr;

/// A small file system of its own at `path`, if this user may mount one.
class SmallDisk {
 public:
  SmallDisk(fs::path path, const std::string& size) : path_(std::move(path)) {
    fs::create_directories(path_);
    mounted_ = ::mount("tmpfs", path_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
  }
  ~SmallDisk() {
    if (mounted_) ::umount2(path_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  void Enlarge(const std::string& size) const {
    ::mount("tmpfs", path_.c_str(), "tmpfs", MS_REMOUNT, ("size=" + size).c_str());
  }
  bool MakeReadOnly(bool read_only) const {
    const unsigned long flags = read_only ? MS_REMOUNT | MS_RDONLY : MS_REMOUNT;
    return ::mount("tmpfs", path_.c_str(), "tmpfs", flags, nullptr) == 0;
  }

 private:
  fs::path path_;
  bool mounted_ = false;
};

/// Gives all files another text.
void ChangeAll(const Archive& archive, int count, int words, int version) {
  for (int i = 0; i < count; ++i) {
    std::string text = "Version " + std::to_string(version) + " of " + std::to_string(i) + ".\n\n";
    for (int w = 0; w < words; ++w)
      text += "change" + std::to_string((i * 37 + w * 11 + version) % 9000) + " ";
    archive.Write("many/" + std::to_string(i % 100) + "/" + std::to_string(i) + ".txt", text, version);
  }
}

/// A job in place, or one that writes a new generation.
class Trouble : public ::testing::TestWithParam<const char*> {
 protected:
  std::vector<std::string> Words() const {
    std::vector<std::string> words{"run", "--quiet"};
    if (*GetParam() != '\0') words.emplace_back(GetParam());
    return words;
  }
  void ExpectAsBefore() {
    EXPECT_EQ(archive_.Documents(), 60U);
    EXPECT_THAT(archive_.Body("many/7/7.txt"), HasSubstr("Version 2"));
  }

  Archive archive_;
};

TEST_P(Trouble, AFullDiskFailsTheJobAndTheIndexIsAsItWas) {
  const SmallDisk disk(archive_.data(), "1536k");
  if (!disk.mounted()) GTEST_SKIP() << "this user may not mount a small disk";
  ChangeAll(archive_, 60, 30, 2);
  archive_.Run();
  ChangeAll(archive_, 60, 2500, 3);
  for (int i = 0; i < 3; ++i) {
    const ProgramResult result = archive_.Indexer(Words());
    EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
    // The second is Xapian's fault: it may end the program when it cannot write.
    EXPECT_THAT(result.err, AnyOf(HasSubstr("archive: failed: "), HasSubstr("ended at once")));
    ExpectAsBefore();
  }
  disk.Enlarge("8m");
  ChangeAll(archive_, 60, 30, 4);
  archive_.Run();
  EXPECT_THAT(archive_.Body("many/7/7.txt"), HasSubstr("Version 4"));
}

TEST_P(Trouble, ALimitOfFileSizeFailsTheJobAndTheIndexIsAsItWas) {
  ChangeAll(archive_, 60, 30, 2);
  archive_.Run();
  ChangeAll(archive_, 60, 2500, 3);
  std::string command = "ulimit -f 400; exec \"" QUIPU_INDEXER "\"";
  for (const std::string& word : Words()) command += " " + word;
  ProgramOptions options;
  options.folder = archive_.root();
  const ProgramResult result = RunProgram({"/bin/sh", "-c", command}, options);
  EXPECT_EQ(result.exit_code, 1) << result.signal << result.out << result.err;
  ExpectAsBefore();
  archive_.Run();
  EXPECT_THAT(archive_.Body("many/7/7.txt"), HasSubstr("Version 3"));
}

TEST_P(Trouble, AReadOnlyFolderFailsTheJobAndTheIndexIsAsItWas) {
  const SmallDisk disk(archive_.data(), "20m");
  const bool root = ::geteuid() == 0;
  if (root && !disk.mounted()) GTEST_SKIP() << "root may write everything, and no disk can be mounted here";
  ChangeAll(archive_, 60, 30, 2);
  archive_.Run();
  ChangeAll(archive_, 60, 30, 3);
  const auto forbid = [&](bool read_only) {
    if (disk.mounted()) return disk.MakeReadOnly(read_only);
    for (const auto& entry : fs::recursive_directory_iterator(archive_.data()))
      fs::permissions(entry,
                      read_only ? fs::perms::owner_read | fs::perms::owner_exec : fs::perms::owner_all);
    return true;
  };
  ASSERT_TRUE(forbid(true));
  const ProgramResult result = archive_.Indexer(Words());
  EXPECT_EQ(result.exit_code, 1) << result.out << result.err;
  ExpectAsBefore();
  EXPECT_EQ(archive_.Indexer({"status"}).exit_code, 0);
  EXPECT_EQ(archive_.Indexer({"check"}).exit_code, 0);
  ASSERT_TRUE(forbid(false));
  archive_.Run();
  EXPECT_THAT(archive_.Body("many/7/7.txt"), HasSubstr("Version 3"));
}

INSTANTIATE_TEST_SUITE_P(Jobs, Trouble, ::testing::Values("", "--rebuild"), [](const auto& way) {
  return *way.param == '\0' ? std::string("InPlace") : std::string("NewGeneration");
});

TEST(TroubleWithFiles, ASourceThatVanishesMidwayTakesNothingWithIt) {
  const Archive archive;
  archive.WriteMany(600, 100);
  archive.Run();
  ChangeAll(archive, 600, 100, 2);
  ProgramOptions options;
  options.folder = archive.root();
  RunningProgram program(Archive::Words({"run", "--progress", "json", "--jobs", "1"}), options);
  for (int i = 0; i < 2000 && program.Errors().find("\"stage\":\"reading\"") == std::string::npos; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  fs::remove_all(archive.files());
  const ProgramResult result = program.Wait();
  EXPECT_THAT(result.exit_code, AnyOf(0, 1)) << result.err;
  EXPECT_EQ(archive.Documents(), 600U);
  EXPECT_EQ(archive.Indexer({"run"}).exit_code, 1) << "the folder is missing now";
  EXPECT_EQ(archive.Documents(), 600U);
}

TEST(TroubleWithLocks, AFileThatAKilledJobLeftBlocksNobody) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  WriteFile(archive.data() / "archive/lock", "{\"pid\": 1}");
  archive.Run();
  EXPECT_TRUE(archive.Has("a.txt"));
}

}  // namespace
}  // namespace quipu::testing
