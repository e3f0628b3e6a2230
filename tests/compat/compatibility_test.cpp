// SPDX-License-Identifier: GPL-2.0-or-later
// Indexes that stand in tests/compat, each as a version of the format wrote it: that of this version is
// served and goes on, any other is refused with what to do, and a rebuild mends it. `tests/compat/make`
// writes the one of this version.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/index/index_directory.h"
#include "core/index/index_format.h"
#include "tests/support/run_program.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

const fs::path kFolder = QUIPU_SOURCE_DIR "/tests/compat";

/// The number in "format-12.tar.gz".
int VersionOf(const fs::path& archive) { return std::stoi(archive.filename().string().substr(7)); }

std::vector<fs::path> Archives() {
  std::vector<fs::path> archives;
  for (const fs::directory_entry& entry : fs::directory_iterator(kFolder)) {
    if (entry.path().filename().string().starts_with("format-")) archives.push_back(entry.path());
  }
  std::sort(archives.begin(), archives.end());
  return archives;
}

/// An index of tests/compat unpacked beside the documents that it was made of.
class Unpacked {
 public:
  explicit Unpacked(const fs::path& archive) {
    for (const char* name : {"documents", "records.jsonl", "quipu.toml", "synonyms.txt"})
      fs::copy(kFolder / name, root_.path() / name, fs::copy_options::recursive);
    const auto then =
        std::chrono::file_clock::from_sys(std::chrono::sys_seconds(std::chrono::seconds(1'700'000'000)));
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(root_.path()))
      fs::last_write_time(entry.path(), then);
    fs::create_directory(root_.path() / "var");
    const auto unpacked =
        RunProgram({"/bin/tar", "-xzf", archive.string(), "-C", (root_.path() / "var").string()});
    if (unpacked.exit_code != 0) throw std::runtime_error(unpacked.err);
  }

  ProgramResult Indexer(std::vector<std::string> words) const { return Run(QUIPU_INDEXER, std::move(words)); }
  ProgramResult Searchd(std::vector<std::string> words) const { return Run(QUIPU_SEARCHD, std::move(words)); }

  /// The ids of the hits, best first.
  std::vector<std::string> Ids(std::vector<std::string> words) const {
    words.insert(words.begin(), {"query", "archive", "--json"});
    const auto answer = Searchd(std::move(words));
    EXPECT_EQ(answer.exit_code, 0) << answer.err;
    std::vector<std::string> ids;
    const auto read = nlohmann::json::parse(answer.out);
    for (const auto& hit : read.at("hits")) ids.push_back(hit.at("id"));
    return ids;
  }

  std::string Best(std::vector<std::string> words) const {
    const std::vector<std::string> ids = Ids(std::move(words));
    return ids.empty() ? "" : ids.front();
  }

  /// As if another version had written it.
  void Record(const std::string& version) const {
    const index::IndexDirectory directory(root_.path() / "var" / "archive");
    Xapian::WritableDatabase database(
        directory.GenerationPath(directory.CurrentGeneration().value()).string());
    database.set_metadata(std::string(index::kFormatKey), version);
    database.commit();
  }

 private:
  ProgramResult Run(const char* program, std::vector<std::string> words) const {
    words.insert(words.begin(), program);
    return RunProgram(words, {.folder = root_.path()});
  }

  TempDir root_;
};

/// What holds of an index of another version: nobody reads it as if it were one of this, and a rebuild mends
/// it.
void ExpectRefusal(const Unpacked& index, const std::string& version) {
  const std::string message = "has format version " + version + ", this program reads version " +
                              std::to_string(index::kFormatVersion) + "; run `quipu-indexer run --rebuild`.";
  const auto checked = index.Searchd({"check"});
  EXPECT_EQ(checked.exit_code, 2);
  EXPECT_THAT(checked.out, HasSubstr(message));
  const auto asked = index.Searchd({"query", "archive", "force"});
  EXPECT_NE(asked.exit_code, 0);
  EXPECT_THAT(asked.err, HasSubstr(message));
  const auto run = index.Indexer({"run"});
  EXPECT_EQ(run.exit_code, 1) << run.err;
  EXPECT_THAT(run.out + run.err, HasSubstr(message));
  const auto rebuilt = index.Indexer({"run", "--rebuild"});
  EXPECT_EQ(rebuilt.exit_code, 0) << rebuilt.err;
  EXPECT_EQ(index.Best({"disproportionate", "force"}), "force.html");
}

class Archive : public ::testing::TestWithParam<fs::path> {};

INSTANTIATE_TEST_SUITE_P(Compatibility, Archive, ::testing::ValuesIn(Archives()),
                         [](const auto& test) { return "format" + std::to_string(VersionOf(test.param)); });

TEST_P(Archive, IsServedIfItIsOfThisVersionAndElseRefused) {
  const Unpacked index(GetParam());
  if (VersionOf(GetParam()) != index::kFormatVersion)
    return ExpectRefusal(index, std::to_string(VersionOf(GetParam())));
  EXPECT_EQ(index.Best({"disproportionately", "forced"}), "force.html");
  EXPECT_EQ(index.Best({"acusacion", "niño"}), "fuerza.html");
  EXPECT_EQ(index.Best({"集会"}), "集会.txt");
  EXPECT_THAT(index.Ids({"prison"}), ElementsAre("r2", "r1"));
  EXPECT_THAT(index.Ids({"jail"}), ElementsAre("r2", "r1"));
  EXPECT_THAT(index.Ids({"prison", "--sort", "year:asc"}), ElementsAre("r1", "r2"));
  EXPECT_THAT(index.Ids({"office", "--filter", "closed = false AND date >= 2024"}), ElementsAre("r2"));
  EXPECT_THAT(index.Searchd({"query", "archive", "complaints"}).out, HasSubstr("114"));
}

TEST_P(Archive, GoesOnWithAJobThatFindsNothingToDo) {
  if (VersionOf(GetParam()) != index::kFormatVersion) GTEST_SKIP() << "refused, as the other test says";
  const Unpacked index(GetParam());
  const auto plan = index.Indexer({"run", "--report", "report.jsonl"});
  EXPECT_EQ(plan.exit_code, 0) << plan.err;
  EXPECT_EQ(index.Best({"village", "well"}), "water.md");
  const auto added = index.Indexer({"delete", "archive", "r1"});
  EXPECT_EQ(added.exit_code, 0) << added.err;
  EXPECT_THAT(index.Ids({"prison"}), ElementsAre("r2"));
}

TEST(Compatibility, HasAnIndexOfThisVersion) {
  const std::vector<fs::path> archives = Archives();
  EXPECT_TRUE(std::any_of(archives.begin(), archives.end(), [](const fs::path& archive) {
    return VersionOf(archive) == index::kFormatVersion;
  })) << "run tests/compat/make";
}

TEST(Compatibility, RefusesANewerAnOlderAndANamelessVersion) {
  for (const std::string& version : {std::to_string(index::kFormatVersion + 1),
                                     std::to_string(index::kFormatVersion - 1), std::string("x")}) {
    for (const fs::path& archive : Archives()) {
      if (VersionOf(archive) != index::kFormatVersion) continue;
      const Unpacked index(archive);
      index.Record(version);
      ExpectRefusal(index, version);
    }
  }
}

}  // namespace
}  // namespace quipu::testing
