// SPDX-License-Identifier: GPL-2.0-or-later
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "indexer/report/progress.h"
#include "indexer/report/report_file.h"
#include "indexer/report/summary.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::report {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using testing::ReadFile;
using testing::TempDir;

Line Problem(std::string id, Outcome outcome = Outcome::kFailed, std::string reason = "broken") {
  Line line;
  line.id = std::move(id);
  line.outcome = outcome;
  line.reason = std::move(reason);
  return line;
}

TEST(Outcome, IsNamedAsTheContractHasIt) {
  std::string names;
  for (const Outcome outcome : kOutcomes) {
    names += std::string(Name(outcome)) + " ";
    EXPECT_EQ(FromName(Name(outcome)), outcome);
  }
  EXPECT_EQ(names, "indexed unchanged deleted empty encrypted failed truncated skipped ");
}

TEST(ReportFile, IsThereOnlyWhenItIsWhole) {
  const TempDir dir;
  const fs::path path = dir.path() / "report.jsonl";
  auto report = ReportFile::Open(path);
  ASSERT_TRUE(report);
  (*report)->Add("seeds", Problem("a\nb\xFF"));
  EXPECT_FALSE(fs::exists(path));
  ASSERT_TRUE((*report)->Finish());
  const auto json = nlohmann::json::parse(ReadFile(path));
  EXPECT_EQ(json["index"], "seeds");
  EXPECT_EQ(json["id"], "a\nb\xEF\xBF\xBD");
  EXPECT_EQ(json["state"], "failed");
  EXPECT_EQ(json["reason"], "broken");
  EXPECT_EQ(json["ms"], 0);
  EXPECT_EQ(std::distance(fs::directory_iterator(dir.path()), fs::directory_iterator()), 1);
}

TEST(ReportFile, LeavesNothingBehindWhenItIsNotFinished) {
  const TempDir dir;
  { auto report = ReportFile::Open(dir.path() / "report.jsonl"); }
  EXPECT_TRUE(fs::is_empty(dir.path()));
}

TEST(ReportFile, KeepsTheOldReportUntilTheNewIsWhole) {
  const TempDir dir;
  testing::WriteFile(dir.path() / "report.jsonl", "old");
  auto report = ReportFile::Open(dir.path() / "report.jsonl");
  EXPECT_EQ(ReadFile(dir.path() / "report.jsonl"), "old");
}

TEST(ReportFile, SaysThatItCannotBeWritten) {
  const TempDir dir;
  EXPECT_FALSE(ReportFile::Open(dir.path() / "no such folder/report.jsonl"));
}

TEST(Tally, KeepsTheWorstProblemsInOrder) {
  Tally tally;
  for (int i = 0; i < 20; ++i) tally.Add(Problem("t" + std::to_string(i), Outcome::kTruncated));
  tally.Add(Problem("z"));
  tally.Add(Problem("e", Outcome::kEmpty));
  const auto problems = tally.Problems();
  ASSERT_EQ(problems.size(), Tally::kMaxProblems);
  EXPECT_EQ(problems[0].id, "z");
  EXPECT_EQ(problems[1].id, "e");
  EXPECT_EQ(problems[2].id, "t0");
  EXPECT_EQ(tally.ProblemCount(), 22U);
}

TEST(Summary, TellsProblemsBeforeCounts) {
  Tally tally;
  Line bad = Problem("bad.pdf");
  bad.was_read = true;
  tally.Add(bad);
  Line good;
  good.id = "good.txt";
  good.bytes = 2'000'000;
  good.was_read = true;
  tally.Add(good);
  JobFacts facts;
  facts.index = "seeds";
  facts.ending = "done";
  facts.seconds = 2;
  facts.documents = 1;
  facts.generation = 3;
  facts.published = true;
  const std::string text = RenderSummary(facts, tally);
  EXPECT_LT(text.find("bad.pdf: broken"), text.find("indexed 1"));
  EXPECT_THAT(text, HasSubstr("indexed 1, unchanged 0, deleted 0, failed 1"));
  EXPECT_THAT(text, HasSubstr("1 document in generation 3; 2.0 s, 1.0 docs/s, 1.0 MB/s"));
}

TEST(Summary, NamesTenProblemsAndCountsTheRest) {
  Tally tally;
  for (int i = 0; i < 13; ++i) tally.Add(Problem("f" + std::to_string(i)));
  EXPECT_THAT(RenderSummary({}, tally), HasSubstr("and 3 more"));
}

TEST(LastJob, IsJsonWithCountsAndProblems) {
  Tally tally;
  tally.Add(Problem("bad\xFF.pdf"));
  JobFacts facts;
  facts.ending = "refused";
  facts.message = "too much would disappear";
  const auto json = nlohmann::json::parse(RenderLastJob(facts, tally));
  EXPECT_EQ(json["state"], "refused");
  EXPECT_EQ(json["counts"]["failed"], 1);
  EXPECT_EQ(json["problems"].size(), 1U);
}

/// What a Progress writes to a file while `work` runs.
template <typename Work>
std::string Shown(ProgressStyle style, Work work) {
  const TempDir dir;
  const int fd = ::open((dir.path() / "out").c_str(), O_WRONLY | O_CREAT, 0600);
  {
    Progress progress(style, fd);
    work(progress);
  }
  ::close(fd);
  return ReadFile(dir.path() / "out");
}

TEST(Progress, SaysInJsonHowEachStageEnded) {
  const std::string shown = Shown(ProgressStyle::kJson, [](Progress& progress) {
    progress.Begin("seeds", "reading", 2);
    progress.Finished(100, false);
    progress.Finished(50, true);
    progress.End();
  });
  const std::size_t second = shown.find('\n') + 1;
  EXPECT_EQ(nlohmann::json::parse(shown.substr(0, second))["done"], 0);
  const auto json = nlohmann::json::parse(shown.substr(second));
  EXPECT_EQ(json["done"], 2);
  EXPECT_EQ(json["bytes"], 150);
  EXPECT_EQ(json["problems"], 1);
}

TEST(Progress, IsSilentWhenQuietAndWhenQuick) {
  const auto work = [](Progress& progress) {
    progress.Begin("seeds", "reading", 1);
    progress.Finished(1, false);
  };
  EXPECT_EQ(Shown(ProgressStyle::kNone, work), "");
  EXPECT_EQ(Shown(ProgressStyle::kLines, work), "");
}

TEST(Progress, RemovesItsBarFromTheScreen) {
  const std::string shown = Shown(ProgressStyle::kBar, [](Progress& progress) {
    progress.Begin("seeds", "reading", 1);
    progress.Starting("a.txt");
    ::usleep(350'000);
    progress.End();
  });
  EXPECT_THAT(shown, HasSubstr("seeds"));
  EXPECT_TRUE(shown.ends_with("\r\x1b[K"));
}

TEST(Progress, ChoosesABarOnlyOnATerminal) {
  const int null = ::open("/dev/null", O_WRONLY);
  EXPECT_EQ(ChooseStyle("auto", null), ProgressStyle::kLines);
  EXPECT_EQ(ChooseStyle("json", null), ProgressStyle::kJson);
  ::close(null);
}

}  // namespace
}  // namespace quipu::report
