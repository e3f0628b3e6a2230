// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` on files that come, change, move and go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;
using States = std::map<std::string, std::string>;

TEST(Run, TurnsAFolderIntoAnIndex) {
  const Archive archive("", "url = \"https://example.org/\"");
  archive.Write("a.txt", "The first statement.\n\nIt speaks of tea.");
  archive.Write("b/c.md", "# A heading\n\nIt speaks of coffee.");
  EXPECT_EQ(archive.Run(), (States{{"a.txt", "indexed"}, {"b/c.md", "indexed"}}));
  EXPECT_EQ(archive.Documents(), 2U);
  EXPECT_THAT(archive.Body("a.txt"), HasSubstr("speaks of tea"));
  const schema::Document document = archive.Stored("b/c.md");
  EXPECT_EQ(document.title, "A heading");
  EXPECT_EQ(document.url, "https://example.org/b/c.md");
  EXPECT_EQ(document.date, "2026-01-01");
  EXPECT_EQ(document.type, "markdown");
}

TEST(Run, SaysHowItWent) {
  const Archive archive;
  archive.Write("a.txt", "text of some words");
  const ProgramResult result = archive.Indexer({"run"});
  EXPECT_EQ(result.exit_code, 0);
  EXPECT_THAT(result.out, HasSubstr("archive: done"));
  EXPECT_THAT(result.out, HasSubstr("indexed 1, unchanged 0, deleted 0"));
  EXPECT_THAT(result.out, HasSubstr("in generation 1"));
}

TEST(Run, ReadsOnlyWhatChanged) {
  const Archive archive;
  archive.Write("same.txt", "same words");
  archive.Write("edited.txt", "old words");
  archive.Write("touched.txt", "touched words");
  for (int i = 0; i < 10; ++i) archive.Write("rest/" + std::to_string(i) + ".txt", "rest of words");
  archive.Run();
  archive.Write("edited.txt", "new words", 2);
  archive.Write("touched.txt", "touched words", 2);
  archive.Write("new.txt", "new file's words");
  fs::remove(archive.files() / "rest/3.txt");
  const States states = archive.Run();
  EXPECT_EQ(states.at("same.txt"), "unchanged");
  EXPECT_EQ(states.at("touched.txt"), "unchanged");
  EXPECT_EQ(states.at("edited.txt"), "indexed");
  EXPECT_EQ(states.at("new.txt"), "indexed");
  EXPECT_EQ(states.at("rest/3.txt"), "deleted");
  EXPECT_THAT(archive.Body("edited.txt"), HasSubstr("new words"));
  EXPECT_FALSE(archive.Has("rest/3.txt"));
  EXPECT_EQ(archive.Documents(), 13U);
}

TEST(Run, DoesNotOpenUnchangedFiles) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  // Other content under the same time and size: whoever opened the file would notice.
  archive.Write("a.txt", "THE WORDS");
  EXPECT_EQ(archive.Run(), (States{{"a.txt", "unchanged"}}));
  EXPECT_EQ(archive.Body("a.txt"), "the words");
}

TEST(Run, PublishesNothingWhenNothingChanged) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  const auto before = archive.Reader().revision();
  archive.Run();
  EXPECT_EQ(archive.Reader().revision(), before);
}

TEST(Run, LooksAtATouchedFileOnlyOnce) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  archive.Write("a.txt", "the words", 2);
  archive.Run();
  const auto before = archive.Reader().revision();
  archive.Run();
  EXPECT_EQ(archive.Reader().revision(), before);
}

TEST(Run, FollowsAMovedFile) {
  const Archive archive;
  archive.Write("old/a.txt", "words that move");
  archive.Run();
  fs::rename(archive.files() / "old", archive.files() / "new");
  EXPECT_EQ(archive.Run(), (States{{"old/a.txt", "deleted"}, {"new/a.txt", "indexed"}}));
  EXPECT_EQ(archive.Documents(), 1U);
  EXPECT_THAT(archive.Body("new/a.txt"), HasSubstr("words that move"));
}

TEST(Run, ReadsEverythingAgainWhenTheUrlsChange) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  std::string toml = ReadFile(archive.root() / "quipu.toml");
  WriteFile(archive.root() / "quipu.toml", toml + "url = \"https://new.example.org/\"\n");
  EXPECT_EQ(archive.Run().at("a.txt"), "indexed");
  EXPECT_EQ(archive.Stored("a.txt").url, "https://new.example.org/a.txt");
}

TEST(Run, RebuildReadsEverythingIntoANewGeneration) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  archive.Run();
  EXPECT_EQ(archive.Run({"--rebuild"}), (States{{"a.txt", "indexed"}}));
  EXPECT_EQ(archive.Reader().generation(), 2U);
  EXPECT_EQ(archive.Documents(), 1U);
}

TEST(Run, TellsWhatIsWrongWithEachFileAndKeepsTheRest) {
  const Archive archive;
  archive.Write("good.txt", "good words");
  archive.Write("broken.pdf", "%PDF-1.4\nthis is no PDF");
  archive.Write("nothing.txt", "");
  archive.Write("picture.bin", std::string("\x00\x01\x02\xFF\xFE\x00\x00\x07", 8));
  ASSERT_EQ(::mkfifo((archive.files() / "pipe").c_str(), 0600), 0);
  fs::create_symlink("/etc/passwd", archive.files() / "passwd.txt");
  const States states = archive.Run();
  EXPECT_EQ(states.at("good.txt"), "indexed");
  EXPECT_EQ(states.at("broken.pdf"), "failed");
  EXPECT_EQ(states.at("nothing.txt"), "empty");
  EXPECT_EQ(states.at("picture.bin"), "skipped");
  EXPECT_EQ(states.at("pipe"), "skipped");
  EXPECT_EQ(states.at("passwd.txt"), "skipped");
  EXPECT_EQ(archive.Documents(), 1U);
  for (const auto& line : archive.Report()) {
    EXPECT_EQ(line.contains("reason"), line["state"] != "indexed") << line;
    EXPECT_TRUE(line["ms"].is_number_integer()) << line;
  }
}

TEST(Run, KeepsTellingOfAFileThatFailedWithoutReadingItAgain) {
  const Archive archive;
  archive.Write("broken.pdf", "%PDF-1.4\nthis is no PDF");
  archive.Run();
  const auto before = archive.Reader().revision();
  EXPECT_EQ(archive.Run(), (States{{"broken.pdf", "failed"}}));
  EXPECT_EQ(archive.Reader().revision(), before);
}

TEST(Run, DropsTheDocumentOfAFileThatBroke) {
  const Archive archive;
  archive.Write("a.html", "<p>good words</p>");
  archive.Write("b.txt", "other words");
  archive.Run();
  archive.Write("a.html", "", 2);
  EXPECT_EQ(archive.Run().at("a.html"), "empty");
  EXPECT_FALSE(archive.Has("a.html"));
}

TEST(Run, GivesOddNamesAnIdAndAUrl) {
  const Archive archive;
  archive.Write("line\nbreak \xFF.txt", "odd words");
  archive.Write("año 100%.txt", "more words");
  EXPECT_EQ(archive.Run(), (States{{"line\nbreak %FF.txt", "indexed"}, {"año 100%.txt", "indexed"}}));
  EXPECT_EQ(archive.Stored("line\nbreak %FF.txt").url, "line%0Abreak%20%FF.txt");
}

TEST(Run, BuildsAnEmptyIndexOfAnEmptyFolder) {
  const Archive archive;
  archive.Run();
  EXPECT_EQ(archive.Documents(), 0U);
}

TEST(Run, LetsTheFirstOfTwoSourcesWin) {
  const Archive archive("", "[[indexes.archive.sources]]\ntype = \"folder\"\npath = \"more\"");
  archive.Write("a.txt", "from the first");
  WriteFile(archive.root() / "more/a.txt", "from the second");
  WriteFile(archive.root() / "more/b.txt", "only in the second");
  archive.Run();
  EXPECT_THAT(archive.Body("a.txt"), HasSubstr("from the first"));
  EXPECT_EQ(archive.Documents(), 2U);
  bool told = false;
  for (const auto& line : archive.Report()) {
    told = told || (line["state"] == "skipped" && line["source"] == "folder:more" &&
                    line["reason"].get<std::string>().find("folder:files") != std::string::npos);
  }
  EXPECT_TRUE(told);
}

TEST(Run, ReadsJsonLines) {
  const Archive archive("", "[[indexes.archive.sources]]\ntype = \"jsonl\"\npath = \"items.jsonl\"");
  WriteFile(archive.root() / "items.jsonl",
            "{\"id\":\"one\",\"title\":\"One\",\"body\":\"first line\",\"year\":2020}\n"
            "{\"id\":\"two\",\"html\":\"<title>Two</title><p>second line</p>\"}\n"
            "{\"title\":\"no id\"}\n");
  EXPECT_EQ(archive.Run(), (States{{"one", "indexed"}, {"two", "indexed"}, {"items.jsonl:3", "failed"}}));
  EXPECT_EQ(archive.Stored("two").title, "Two");
  EXPECT_THAT(archive.Body("two"), HasSubstr("second line"));
  EXPECT_THAT(archive.Body("two"), Not(HasSubstr("<p>")));
  EXPECT_EQ(archive.Run().at("one"), "unchanged");
}

TEST(Run, DryRunChangesNothingOnDisk) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  const ProgramResult first = archive.Indexer({"run", "--dry-run"});
  EXPECT_EQ(first.exit_code, 0);
  EXPECT_THAT(first.out, HasSubstr("new 1, changed 0, moved 0, unchanged 0, gone 0"));
  EXPECT_FALSE(fs::exists(archive.data()));
  archive.Run();
  const auto revision = archive.Reader().revision();
  archive.Write("b.txt", "more words");
  archive.Write("a.txt", "other words", 2);
  const ProgramResult second = archive.Indexer({"run", "--dry-run", "--report", "report.jsonl"});
  EXPECT_THAT(second.out, HasSubstr("new 1, changed 1, moved 0, unchanged 0, gone 0"));
  EXPECT_EQ(archive.States(), (States{{"a.txt", "changed"}, {"b.txt", "new"}}));
  EXPECT_EQ(archive.Reader().revision(), revision);
}

TEST(Run, WritesItsReportToStandardOutputWhenAsked) {
  const Archive archive;
  archive.Write("a.txt", "the words");
  const ProgramResult result = archive.Indexer({"run", "--report", "-"});
  EXPECT_EQ(nlohmann::json::parse(result.out)["id"], "a.txt");
  EXPECT_THAT(result.err, HasSubstr("archive: done"));
}

TEST(Run, ShowsProgressAsJson) {
  const Archive archive;
  archive.WriteMany(30);
  const ProgramResult result = archive.Indexer({"run", "--progress", "json"});
  std::uint64_t done = 0;
  std::istringstream lines(result.err);
  for (std::string line; std::getline(lines, line);) {
    const auto json = nlohmann::json::parse(line);
    EXPECT_EQ(json["event"], "progress");
    done = std::max(done, json["done"].get<std::uint64_t>());
  }
  EXPECT_EQ(done, 30U);
}

TEST(Run, IsQuietWhenToldTo) {
  const Archive archive;
  archive.WriteMany(30);
  EXPECT_EQ(archive.Indexer({"run", "--quiet"}).err, "");
}

}  // namespace
}  // namespace quipu::testing
