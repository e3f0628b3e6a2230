// SPDX-License-Identifier: GPL-2.0-or-later
// Floors under the relevance of the manual's own search: a change that loses them has to say why.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/file_tree.h"
#include "tests/support/run_program.h"
#include "tests/support/temp_dir.h"

namespace quipu::testing {
namespace {

class RelevanceOfTheManual : public ::testing::Test {
 protected:
  RelevanceOfTheManual() {
    const std::string source = QUIPU_SOURCE_DIR;
    WriteFile(dir_.path() / "quipu.toml",
              "data_dir = \"var\"\n[indexes.docs]\nlanguages = [\"en\"]\n[[indexes.docs.sources]]\ntype = "
              "\"folder\"\n"
              "path = \"" +
                  source + "\"\ninclude = [\"README.md\", \"docs/**\"]\n");
    const ProgramResult run = Indexer({"run", "--quiet"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
  }

  ProgramResult Indexer(const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{QUIPU_INDEXER};
    words.insert(words.end(), arguments.begin(), arguments.end());
    ProgramOptions options;
    options.folder = dir_.path();
    return RunProgram(words, options);
  }
  ProgramResult Evaluate(const std::string& least) const {
    return Indexer({"evaluate", "docs", std::string(QUIPU_SOURCE_DIR) + "/tests/relevance/data/manual.tsv",
                    "--min-ndcg", least, "--verbose"});
  }

  TempDir dir_;
};

TEST_F(RelevanceOfTheManual, IsAboveItsFloor) {
  const ProgramResult result = Evaluate("0.80");
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
}

TEST_F(RelevanceOfTheManual, IsMeasuredSoThatItCanFail) { EXPECT_EQ(Evaluate("1.0").exit_code, 3); }

}  // namespace
}  // namespace quipu::testing
