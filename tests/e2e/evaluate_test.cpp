// SPDX-License-Identifier: GPL-2.0-or-later
// quipu-indexer evaluate from outside.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "core/search/relevance_measures.h"
#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;

class EvaluateTest : public ::testing::Test {
 protected:
  EvaluateTest() {
    archive_.Write("green.txt", "Green tea\n\nGreen tea is steamed.");
    archive_.Write("black.txt", "Black tea\n\nBlack tea is oxidised, the leaves were green.");
    archive_.Write("beans.txt", "Coffee\n\nCoffee is made from roasted beans.");
    EXPECT_EQ(archive_.Indexer({"run", "--quiet"}).exit_code, 0);
    WriteFile(archive_.root() / "judged.tsv",
              "# query, document, grade\ngreen tea\tgreen.txt\t2\ngreen tea\tblack.txt\t1\n"
              "roasted beans\tbeans.txt\nnothing at all\tbeans.txt\t0\ntea\tbeans.txt\t1\n");
  }

  Archive archive_;
};

TEST_F(EvaluateTest, PrintsTheMeansAndEachQuery) {
  const ProgramResult result = archive_.Indexer({"evaluate", "archive", "judged.tsv", "--verbose"});
  EXPECT_EQ(result.exit_code, 0) << result.err;
  EXPECT_THAT(result.out, HasSubstr("green tea\tnDCG@10=1.0000\tMRR=1.0000\tMAP=1.0000"));
  EXPECT_THAT(result.out, HasSubstr("tea\tnDCG@10=0.0000"));
  EXPECT_THAT(result.out, HasSubstr("\nnDCG@10\t0.6667\nMRR\t0.6667\nMAP\t0.6667\nRecall@100\t0.6667\n"));
  EXPECT_THAT(result.out, HasSubstr("queries\t3\n"));
}

TEST_F(EvaluateTest, WritesARunFromWhichTheSameComes) {
  WriteFile(archive_.root() / "queries.tsv", "1\tgreen tea\n2\troasted beans\n3\ttea\n");
  WriteFile(archive_.root() / "qrels",
            "1 0 black.txt 1\n2 0 beans.txt 2\n2 0 green.txt 1\n3 0 black.txt 1\n");
  const ProgramResult result = archive_.Indexer(
      {"evaluate", "archive", "qrels", "--queries", "queries.tsv", "--run", "run.txt", "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  search::Run run;
  std::istringstream lines(ReadFile(archive_.root() / "run.txt"));
  for (std::string query, q0, id, rank, score, tag; lines >> query >> q0 >> id >> rank >> score >> tag;)
    run[query].push_back(id);
  const search::Measures mean = search::Evaluate(
      {{"1", {{"black.txt", 1}}}, {"2", {{"beans.txt", 2}, {"green.txt", 1}}}, {"3", {{"black.txt", 1}}}},
      run);
  const auto json = nlohmann::json::parse(result.out);
  EXPECT_NEAR(json["nDCG@10"], mean.ndcg_10, 1e-9);
  EXPECT_NEAR(json["MAP"], mean.map, 1e-9);
  EXPECT_EQ(json["queries"], 3);
}

TEST_F(EvaluateTest, EndsWithThreeBelowTheFloor) {
  EXPECT_EQ(archive_.Indexer({"evaluate", "archive", "judged.tsv", "--min-ndcg", "0.66"}).exit_code, 0);
  const ProgramResult below = archive_.Indexer({"evaluate", "archive", "judged.tsv", "--min-ndcg", "0.67"});
  EXPECT_EQ(below.exit_code, 3);
  EXPECT_THAT(below.err, HasSubstr("0.6667"));
}

TEST_F(EvaluateTest, RefusesWhatItCannotRead) {
  const auto refused = [&](const std::vector<std::string>& words, std::string_view why) {
    const ProgramResult result = archive_.Indexer(words);
    EXPECT_EQ(result.exit_code, 2) << result.out;
    EXPECT_THAT(result.err, HasSubstr(std::string(why)));
  };
  WriteFile(archive_.root() / "bad.tsv", "green tea\tgreen.txt\tgood\n");
  WriteFile(archive_.root() / "empty.tsv", "# nothing\n");
  WriteFile(archive_.root() / "queries.tsv", "1\tgreen tea\n");
  refused({"evaluate", "archive", "missing.tsv"}, "missing.tsv");
  refused({"evaluate", "archive", "bad.tsv"}, "line 1");
  refused({"evaluate", "archive", "empty.tsv"}, "no judgment");
  refused({"evaluate", "nope", "judged.tsv"}, "`nope`");
  refused({"evaluate", "archive"}, "JUDGMENTS");
  refused({"evaluate", "archive", "judged.tsv", "--min-ndcg", "2"}, "--min-ndcg");
  refused({"evaluate", "archive", "judged.tsv", "--queries", "queries.tsv"}, "`green tea`");
}

}  // namespace
}  // namespace quipu::testing
