// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/status_page.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace quipu::searchd {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr std::string_view kJob = R"({"state": "done", "startedAt": "2026-11-24T10:00:00Z", "seconds": 1.25,
  "counts": {"indexed": 1200, "failed": 1, "skipped": 0},
  "problems": [{"id": "a.pdf", "state": "failed", "reason": "no PDF"}, 7]})";

TEST(FinishedJob, IsReadAsFarAsItMakesSense) {
  const auto job = ReadFinishedJob(kJob);
  ASSERT_TRUE(job);
  EXPECT_EQ(job->state, "done");
  EXPECT_EQ(job->seconds, 1.25);
  EXPECT_EQ(job->counts.at(0), std::pair(std::string("indexed"), std::uint64_t{1200}));
  ASSERT_EQ(job->problems.size(), 1U);
  EXPECT_EQ(job->problems[0].reason, "no PDF");
  EXPECT_FALSE(ReadFinishedJob(""));
  EXPECT_FALSE(ReadFinishedJob("[1]"));
  EXPECT_TRUE(ReadFinishedJob(R"({"counts": 5, "problems": {}, "seconds": "x"})"));
}

TEST(RunningJob, IsReadAsFarAsItMakesSense) {
  const auto job = ReadRunningJob(R"({"stage": "reading", "done": 3, "total": 9, "startedAt": 1})");
  ASSERT_TRUE(job);
  EXPECT_EQ(job->stage, "reading");
  EXPECT_EQ(job->total, 9U);
  EXPECT_EQ(job->started_at, "");
  EXPECT_FALSE(ReadRunningJob("{"));
}

TEST(StatusPage, TellsProblemsBeforeCounts) {
  StatusPage page;
  page.indexes.push_back(
      {.uid = "a", .title = "A", .unavailable = "not built", .last_job = ReadFinishedJob(kJob)});
  const std::string html = RenderStatusPage(page);
  EXPECT_THAT(html, HasSubstr("<h3>Last job: done</h3>"));
  EXPECT_LT(html.find("a.pdf"), html.find("indexed 1,200"));
  EXPECT_THAT(html, Not(HasSubstr("skipped")));
}

TEST(StatusPage, TellsWhatIsSearchedForIfItIsCounted) {
  StatusPage page;
  EXPECT_THAT(RenderStatusPage(page), HasSubstr("Queries are not counted"));
  page.asked = {.top = {{"papers", "<b>llamas</b>", 1234}}, .without_hits = {}};
  const std::string html = RenderStatusPage(page);
  EXPECT_THAT(html, HasSubstr("&lt;b&gt;llamas&lt;/b&gt;</td><td>papers</td><td>1,234"));
  EXPECT_THAT(html, HasSubstr("Nothing that five people"));
}

TEST(StatusPage, LetsNothingHostileBecomeMarkup) {
  const std::string evil = "\"'><script>alert(1)</script>";
  search::Hit hit;
  hit.document.id = hit.document.title = hit.document.url = evil;
  hit.score_parts.push_back({.kind = "word", .words = evil, .field = evil, .score = 0.5, .documents = 1});
  search::SearchResult result;
  result.hits = {hit};
  result.explanation = evil;
  result.corrected = search::CorrectedQuery{.text = evil, .applied = true};
  StatusPage page;
  page.query = page.index = evil;
  page.explained = &result;
  FinishedJob job;
  job.state = job.message = job.started_at = evil;
  job.counts = {{evil, 1}};
  job.problems = {{evil, evil, evil}};
  index::IndexFacts facts;
  facts.languages = {evil};
  facts.updated_at = evil;
  page.indexes.push_back({.uid = evil,
                          .title = evil,
                          .facts = facts,
                          .last_job = job,
                          .running_job = RunningJob{.stage = evil, .started_at = evil}});
  page.indexes.push_back({.uid = evil, .title = evil, .unavailable = evil});
  const std::string html = RenderStatusPage(page);
  EXPECT_THAT(html, Not(HasSubstr("<script")));
  EXPECT_THAT(html, Not(HasSubstr("\"'>")));
  page.explained = nullptr;
  page.problem = evil;
  EXPECT_THAT(RenderStatusPage(page), Not(HasSubstr("<script")));
}

TEST(StatusPage, LinksNoAddressThatRuns) {
  search::Hit hit;
  hit.document.id = "a";
  hit.document.url = "javascript:alert(1)";
  search::SearchResult result;
  result.hits = {hit};
  StatusPage page;
  page.query = "a";
  page.explained = &result;
  EXPECT_THAT(RenderStatusPage(page), Not(HasSubstr("javascript:")));
}

}  // namespace
}  // namespace quipu::searchd
