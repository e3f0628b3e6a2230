// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <string>

#include "indexer/source/folder_source.h"
#include "indexer/source/jsonl_source.h"
#include "indexer/source/source_name.h"
#include "tests/support/file_tree.h"
#include "tests/support/temp_dir.h"

namespace quipu::source {
namespace {

using ::testing::HasSubstr;
using testing::TempDir;
using testing::WriteFile;

/// An extractor that takes the whole file for the body.
extract::Extracted ReadPlainly(const extract::FileTask& task) {
  extract::Extracted extracted;
  char buffer[4096];
  while (true) {
    const ssize_t got = ::read(task.fd, buffer, sizeof buffer);
    if (got <= 0) break;
    extracted.document.body.append(buffer, static_cast<std::size_t>(got));
  }
  ::close(task.fd);
  extracted.state = extracted.document.body.empty() ? extract::State::kEmpty : extract::State::kIndexed;
  return extracted;
}

class FolderSourceTest : public ::testing::Test {
 protected:
  FolderSource Make() { return FolderSource("folder:x", "folder:x#0", settings_, {}); }

  TempDir dir_;
  config::Source settings_{.path = dir_.path(), .url = "https://e.org/"};
};

TEST_F(FolderSourceTest, CompletesADocument) {
  WriteFile(dir_.path() / "año/a.txt", "text");
  testing::SetTime(dir_.path() / "año/a.txt", 86400);
  FolderSource source = Make();
  const auto listing = source.List({});
  ASSERT_TRUE(listing);
  const Reading reading = source.Read(listing->found.at(0), std::nullopt, ReadPlainly);
  ASSERT_EQ(reading.kind, Reading::Kind::kDocument);
  const schema::Document& document = reading.extracted.document;
  EXPECT_EQ(document.id, "año/a.txt");
  EXPECT_EQ(document.url, "https://e.org/a%C3%B1o/a.txt");
  EXPECT_EQ(document.title, "a");
  EXPECT_EQ(document.date, "2026-01-02");
  EXPECT_EQ(document.body, "text");
}

TEST_F(FolderSourceTest, DoesNotExtractContentThatItKnows) {
  WriteFile(dir_.path() / "a.txt", "text");
  testing::SetTime(dir_.path() / "a.txt", 1);
  FolderSource source = Make();
  const auto listing = source.List({});
  const Reading first = source.Read(listing->found.at(0), std::nullopt, ReadPlainly);
  testing::SetTime(dir_.path() / "a.txt", 2);
  const auto never = [](const extract::FileTask&) -> extract::Extracted {
    throw std::logic_error("extracted");
  };
  const Reading second = source.Read(source.List({})->found.at(0), first.stamp, never);
  EXPECT_EQ(second.kind, Reading::Kind::kUnchanged);
  EXPECT_NE(second.stamp.mtime_ns, first.stamp.mtime_ns);
}

TEST_F(FolderSourceTest, LooksAgainAtAFileThatChangesWhileItIsRead) {
  WriteFile(dir_.path() / "a.txt", "text");
  testing::SetTime(dir_.path() / "a.txt", 1);
  FolderSource source = Make();
  const auto listing = source.List({});
  const Reading reading = source.Read(listing->found.at(0), std::nullopt, [&](const extract::FileTask& task) {
    WriteFile(dir_.path() / "a.txt", "longer text");
    return ReadPlainly(task);
  });
  EXPECT_EQ(reading.kind, Reading::Kind::kDocument);
  EXPECT_EQ(reading.stamp.mtime_ns, 0);
}

TEST_F(FolderSourceTest, LooksAgainAtAFileThatIsAsYoungAsTheReading) {
  WriteFile(dir_.path() / "a.txt", "text");
  FolderSource source = Make();
  const auto listing = source.List({});
  WriteFile(dir_.path() / "a.txt", "text");
  EXPECT_EQ(source.Read(listing->found.at(0), std::nullopt, ReadPlainly).stamp.mtime_ns, 0);
}

TEST_F(FolderSourceTest, CannotReadWhatIsGoneSinceTheListing) {
  WriteFile(dir_.path() / "a.txt", "text");
  FolderSource source = Make();
  const auto listing = source.List({});
  std::filesystem::remove(dir_.path() / "a.txt");
  const Reading reading = source.Read(listing->found.at(0), std::nullopt, ReadPlainly);
  EXPECT_EQ(reading.kind, Reading::Kind::kUnreadable);
  EXPECT_THAT(reading.extracted.reason, HasSubstr("No such file"));
}

TEST_F(FolderSourceTest, GivesNoDocumentForAnEmptyFile) {
  WriteFile(dir_.path() / "a.txt", "");
  FolderSource source = Make();
  const auto listing = source.List({});
  const Reading reading = source.Read(listing->found.at(0), std::nullopt, ReadPlainly);
  EXPECT_EQ(reading.kind, Reading::Kind::kNothing);
  EXPECT_EQ(reading.extracted.state, extract::State::kEmpty);
}

class JsonlSourceTest : public ::testing::Test {
 protected:
  Listing List(std::string_view content) {
    WriteFile(path_, content);
    auto listing = source_.List({});
    EXPECT_TRUE(listing);
    return std::move(listing).value();
  }

  TempDir dir_;
  std::filesystem::path path_ = dir_.path() / "items.jsonl";
  JsonlSource source_{
      "jsonl:items.jsonl", "jsonl:items.jsonl#0",
      config::Source{.type = config::SourceType::kJsonl, .path = path_, .url = "https://e.org/"}};
};

TEST_F(JsonlSourceTest, ReadsALineADocument) {
  const Listing listing = List(
      "{\"id\":\"b\",\"title\":\"B\",\"body\":\"text b\",\"year\":2020}\n\n{\"id\":\"a\",\"text\":\"x\"}\n");
  ASSERT_EQ(listing.found.size(), 2U);
  EXPECT_EQ(listing.found[0].id, "a");
  const Reading reading = source_.Read(listing.found[1], std::nullopt, ReadPlainly);
  ASSERT_EQ(reading.kind, Reading::Kind::kDocument);
  EXPECT_EQ(reading.extracted.document.title, "B");
  EXPECT_EQ(reading.extracted.document.body, "text b");
  EXPECT_EQ(reading.extracted.document.url, "https://e.org/b");
  EXPECT_TRUE(reading.extracted.document.fields.contains("year"));
}

TEST_F(JsonlSourceTest, TellsBadLinesByNumber) {
  const Listing listing = List("{\"id\":\"a\",\"body\":\"x\"}\nnonsense\n{\"body\":\"no id\"}\n");
  EXPECT_EQ(listing.found.size(), 1U);
  ASSERT_EQ(listing.problems.size(), 2U);
  EXPECT_EQ(listing.problems[0].id, "items.jsonl:2");
  EXPECT_EQ(listing.problems[1].id, "items.jsonl:3");
  EXPECT_THAT(listing.problems[1].reason, HasSubstr("id"));
}

TEST_F(JsonlSourceTest, KeepsTheLastLineOfAnId) {
  const Listing listing = List("{\"id\":\"a\",\"body\":\"old\"}\n{\"id\":\"a\",\"body\":\"new\"}\n");
  ASSERT_EQ(listing.found.size(), 1U);
  EXPECT_EQ(source_.Read(listing.found[0], std::nullopt, ReadPlainly).extracted.document.body, "new");
  ASSERT_EQ(listing.problems.size(), 1U);
  EXPECT_THAT(listing.problems[0].reason, HasSubstr("line 2"));
}

TEST_F(JsonlSourceTest, PassesHtmlThroughTheExtractor) {
  const Listing listing = List(R"({"id":"a","title":"Mine","html":"<p>body</p>"})"
                               "\n");
  const Reading reading = source_.Read(listing.found.at(0), std::nullopt, [](const extract::FileTask& task) {
    extract::Extracted extracted = ReadPlainly(task);
    extracted.document.title = "from html";
    extracted.document.type = "html";
    return extracted;
  });
  ASSERT_EQ(reading.kind, Reading::Kind::kDocument);
  EXPECT_EQ(reading.extracted.document.title, "Mine");
  EXPECT_EQ(reading.extracted.document.type, "html");
  EXPECT_EQ(reading.extracted.document.body, "<p>body</p>");
}

TEST_F(JsonlSourceTest, NoticesThatTheFileChangedUnderIt) {
  const Listing listing = List("{\"id\":\"a\",\"body\":\"old\"}\n");
  WriteFile(path_, "{\"id\":\"b\",\"body\":\"new\"}\n");
  EXPECT_EQ(source_.Read(listing.found.at(0), std::nullopt, ReadPlainly).kind, Reading::Kind::kUnreadable);
}

TEST(SourceName, IsRelativeToTheConfiguration) {
  EXPECT_EQ(NameOf({.path = "/srv/site/seeds"}, "/srv/site"), "folder:seeds");
  EXPECT_EQ(NameOf({.path = "/srv/site"}, "/srv/site"), "folder:.");
  EXPECT_EQ(NameOf({.path = "/data/x/"}, "/srv/site"), "folder:/data/x");
  EXPECT_EQ(NameOf({.type = config::SourceType::kJsonl, .path = "-"}, "/srv/site"), "jsonl:-");
}

TEST(SourceName, IsMarkedByWhatGoesIntoDocuments) {
  const std::string plain = MarkOf("folder:a", {});
  EXPECT_NE(plain, MarkOf("folder:a", {.url = "https://e.org/"}));
  EXPECT_NE(plain, MarkOf("folder:a", {.language = "es"}));
  EXPECT_EQ(plain, MarkOf("folder:a", {.include = {"*.txt"}}));
  EXPECT_EQ(NameOfMark(MarkOf("folder:a#b", {})), "folder:a#b");
}

}  // namespace
}  // namespace quipu::source
