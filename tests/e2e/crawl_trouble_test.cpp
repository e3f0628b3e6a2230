// SPDX-License-Identifier: GPL-2.0-or-later
// Sites that are down, slow, endless or wrong, and what stays of what was indexed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <thread>

#include "tests/e2e/archive.h"
#include "tests/support/test_site.h"

namespace quipu::testing {
namespace {

using ::testing::HasSubstr;
using States = std::map<std::string, std::string>;
using std::chrono::milliseconds;

class CrawlTrouble : public ::testing::Test {
 protected:
  void Use(const std::string& more = "") const {
    archive_.UseSource("type = \"crawl\"\nurl = \"" + site_.Url() + "\"\ndelay_ms = 0\n" + more);
  }
  /// A start with links to /0 … /9, each of which links to /x0 … /x9.
  void Fill() {
    std::vector<std::string> links;
    for (int i = 0; i < 10; ++i) {
      const std::string number = std::to_string(i);
      links.push_back("/" + number);
      site_.Page("/" + number, HtmlPage("Page", "number " + number, {"/x" + number}));
      site_.Page("/x" + number, HtmlPage("Page", "behind number " + number));
    }
    site_.Page("/", HtmlPage("Start", "the first page", links));
  }
  std::string State(const States& states, const std::string& target) const {
    return states.at(site_.Url(target));
  }
  std::string ReasonOf(const std::string& target) const {
    for (const auto& line : archive_.Report()) {
      if (line["id"] == site_.Url(target)) return line.value("reason", "");
    }
    return "no such line";
  }

  TestSite site_;
  Archive archive_;
};

TEST_F(CrawlTrouble, FailsAndKeepsEverythingWhenTheSiteIsDown) {
  Fill();
  Use();
  archive_.Run();
  site_.Stop();
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("refused"));
  EXPECT_EQ(archive_.Documents(), 21U);
}

TEST_F(CrawlTrouble, FailsAndKeepsEverythingWhenTheStartIsBroken) {
  Fill();
  Use();
  archive_.Run();
  for (const int status : {500, 404, 403}) {
    site_.Serve("/", {.status = status});
    const ProgramResult result = archive_.Indexer({"run"});
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.err, HasSubstr(std::to_string(status)));
    EXPECT_EQ(archive_.Documents(), 21U);
  }
}

TEST_F(CrawlTrouble, FailsWhenRobotsTxtCannotBeHad) {
  site_.Serve("/robots.txt", {.status = 500});
  site_.Page("/", HtmlPage("Start", "the first page"));
  Use();
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("robots.txt cannot be had"));
}

TEST_F(CrawlTrouble, KeepsPagesThatCannotBeHadAndWhatTheyLedTo) {
  Fill();
  Use();
  archive_.Run();
  site_.Serve("/3", {.status = 500});
  const States states = archive_.Run();
  EXPECT_EQ(State(states, "/3"), "failed");
  EXPECT_THAT(ReasonOf("/3"), HasSubstr("the document as indexed before is kept"));
  EXPECT_EQ(State(states, "/x3"), "unchanged");
  EXPECT_EQ(archive_.Documents(), 21U);
  EXPECT_EQ(archive_.Run({"--rebuild"}).at(site_.Url("/x4")), "indexed");
  EXPECT_TRUE(archive_.Has(site_.Url("/3")));
}

TEST_F(CrawlTrouble, ARebuildKeepsPagesThatCannotBeHadWithTheirText) {
  Fill();
  Use();
  archive_.Run();
  site_.Serve("/3", {.status = 500});
  EXPECT_EQ(State(archive_.Run({"--rebuild"}), "/3"), "failed");
  EXPECT_THAT(ReasonOf("/3"), HasSubstr("the document as indexed before is kept"));
  EXPECT_THAT(archive_.Body(site_.Url("/3")), HasSubstr("number 3"));
  EXPECT_EQ(archive_.Documents(), 21U);
}

TEST_F(CrawlTrouble, LeavesAHostAloneThatBreaksDownOnTheWay) {
  Fill();
  Use();
  archive_.Run();
  const std::string start =
      HtmlPage("Start", "a new first page", {"/0", "/1", "/2", "/3", "/4", "/5", "/6", "/7", "/8", "/9"});
  site_.Page("/", start);
  for (int i = 0; i < 10; ++i) {
    site_.Serve("/" + std::to_string(i), {.status = 500});
    site_.Serve("/x" + std::to_string(i), {.status = 500});
  }
  site_.TakeRequests();
  const States states = archive_.Run();
  EXPECT_EQ(State(states, "/"), "indexed");
  EXPECT_EQ(State(states, "/x9"), "failed");
  EXPECT_LT(site_.TakeRequests().size(), 16U);
  EXPECT_EQ(archive_.Documents(), 21U);
}

TEST_F(CrawlTrouble, ForgetsPagesThatRobotsTxtForbidsNow) {
  Fill();
  Use();
  archive_.Run();
  site_.Serve("/robots.txt", {.body = "User-agent: *\nDisallow: /x3\n", .type = "text/plain"});
  EXPECT_EQ(State(archive_.Run(), "/x3"), "deleted");
  site_.Serve("/robots.txt", {.body = "User-agent: *\nDisallow: /x\n", .type = "text/plain"});
  EXPECT_EQ(archive_.Indexer({"run"}).exit_code, 3);
  EXPECT_EQ(archive_.Documents(), 20U);
}

TEST_F(CrawlTrouble, RefusesToForgetASiteThatIsSuddenlyEmpty) {
  Fill();
  Use();
  archive_.Run();
  site_.Page("/", HtmlPage("Start", "under construction"));
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 3);
  EXPECT_EQ(archive_.Documents(), 21U);
}

TEST_F(CrawlTrouble, GivesUpOnASlowPageAloneInTime) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/slow", "/quick"}));
  site_.Serve("/slow", {.body = "x", .delay = milliseconds(20000)});
  site_.Page("/quick", HtmlPage("Quick", "quick text"));
  Use("timeout_ms = 500");
  const States states = archive_.Run();
  EXPECT_EQ(State(states, "/slow"), "failed");
  EXPECT_EQ(State(states, "/quick"), "indexed");
}

TEST_F(CrawlTrouble, SkipsABodyWithoutEnd) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/endless"}));
  site_.Serve("/endless", {.body = std::string(4000, 'x'), .endless = true});
  Use("max_file_bytes = 100000");
  EXPECT_EQ(State(archive_.Run(), "/endless"), "skipped");
  EXPECT_THAT(ReasonOf("/endless"), HasSubstr("larger than"));
}

TEST_F(CrawlTrouble, TellsRedirectsInACircleAndWithoutEnd) {
  site_.Page("/", HtmlPage("Start", "the first page", {"/a", "/n1", "/self"}));
  site_.Redirect("/a", "/b");
  site_.Redirect("/b", "/a");
  site_.Redirect("/self", "/self");
  for (int i = 1; i < 30; ++i) site_.Redirect("/n" + std::to_string(i), "/n" + std::to_string(i + 1));
  Use();
  const States states = archive_.Run();
  EXPECT_EQ(State(states, "/a"), "failed");
  EXPECT_THAT(ReasonOf("/a"), HasSubstr("in a circle"));
  EXPECT_EQ(State(states, "/self"), "failed");
  EXPECT_EQ(State(states, "/n11"), "failed");
  EXPECT_EQ(State(states, "/"), "indexed");
}

TEST_F(CrawlTrouble, SaysWhereAStartThatMovedToAnotherHostIs) {
  site_.Redirect("/", "http://localhost:" + std::to_string(site_.port()) + "/");
  Use();
  const ProgramResult result = archive_.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 1);
  EXPECT_THAT(result.err, HasSubstr("allow_hosts"));
}

TEST_F(CrawlTrouble, IsFoundByCheckBeforeAnythingIsAsked) {
  for (const std::string source : {"url = \"http://user:secret@example.org/\"", "url = \"http://a..b/\"",
                                   "url = \"http://example.org/\"\nexclude = [\"a[b\"]",
                                   "url = \"http://example.org/\"\nallow_hosts = [\"x y\"]"}) {
    archive_.UseSource("type = \"crawl\"\n" + source);
    EXPECT_EQ(archive_.Indexer({"check"}).exit_code, 2) << source;
    EXPECT_EQ(archive_.Indexer({"run"}).exit_code, 2) << source;
  }
}

TEST_F(CrawlTrouble, FallsIntoNoTrap) {
  site_.Serve("/robots.txt", {.status = 404});
  site_.Otherwise([](const std::string& target) {
    return TestSite::Answer{.body = HtmlPage("Page", "text of " + target, {target + "calendar/"})};
  });
  Use("max_depth = 1000");
  EXPECT_LT(archive_.Run().size(), 10U);
}

TEST_F(CrawlTrouble, StopsWithinASecondAndLeavesTheIndexAsItWas) {
  Fill();
  Use();
  archive_.Run();
  site_.Serve("/", {.body = "x", .delay = milliseconds(30000)});
  ProgramOptions options;
  options.folder = archive_.root();
  RunningProgram program(Archive::Words({"run"}), options);
  std::this_thread::sleep_for(milliseconds(500));
  const auto began = std::chrono::steady_clock::now();
  program.Signal(SIGINT);
  EXPECT_EQ(program.Wait().exit_code, 130);
  EXPECT_LT(std::chrono::steady_clock::now() - began, milliseconds(1500));
  EXPECT_EQ(archive_.Documents(), 21U);
}

TEST_F(CrawlTrouble, IsNotHarmedByHostilePages) {
  std::string many = "<!doctype html><html><base href=\"javascript:x\"><body><p>many links</p>";
  for (int i = 0; i < 30000; ++i)
    many += "<a href=\"http://[" + std::to_string(i) + "\">x</a><a href='\\//\xFF'>";
  site_.Page("/", HtmlPage("Start", "the first page", {"/many", "/deep"}));
  site_.Page("/many", many);
  std::string deep;
  for (int i = 0; i < 50000; ++i) deep += "<div><a href=/many>";
  site_.Page("/deep", deep + "text");
  site_.Serve("/robots.txt", {.status = 404});
  Use();
  EXPECT_EQ(State(archive_.Run(), "/many"), "indexed");
}

}  // namespace
}  // namespace quipu::testing
