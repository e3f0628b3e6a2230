// SPDX-License-Identifier: GPL-2.0-or-later
// `quipu-indexer run` on files that hold files: archives, mails, mailboxes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/archive.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using extract::testing::MakeTar;
using extract::testing::MakeZip;
using ::testing::HasSubstr;
using States = std::map<std::string, std::string>;

std::string Letters(int from, int to) {
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = from; i < to; ++i)
    members.emplace_back("letters/" + std::to_string(i) + ".txt",
                         "Letter " + std::to_string(i) + "\n\nof some words.");
  return MakeZip(members);
}

TEST(Members, AreDocumentsOfTheirOwn) {
  const Archive archive("", "url = \"https://example.org/\"");
  archive.Write("old/a b.zip", Letters(0, 2));
  EXPECT_EQ(archive.Run(), (States{{"old/a b.zip", "indexed"},
                                   {"old/a b.zip/letters/0.txt", "indexed"},
                                   {"old/a b.zip/letters/1.txt", "indexed"}}));
  EXPECT_EQ(archive.Documents(), 3U);
  const schema::Document letter = archive.Stored("old/a b.zip/letters/1.txt");
  EXPECT_EQ(letter.title, "Letter 1");
  EXPECT_EQ(letter.url, "https://example.org/old/a%20b.zip");
  EXPECT_EQ(letter.type, "text");
  EXPECT_EQ(letter.date, "2023-01-17");
  EXPECT_EQ(std::get<std::string>(letter.fields.at("container")), "old/a b.zip");
  EXPECT_THAT(archive.Body("old/a b.zip/letters/1.txt"), HasSubstr("of some words"));
}

TEST(Members, AreNotReadAgainWhileTheirFileStays) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 3));
  archive.Run();
  const auto before = archive.Reader().revision();
  // Other content under the same time and size: whoever opened the file would notice.
  std::string zip = Letters(0, 3);
  zip[zip.size() / 2] ^= 0x55;
  archive.Write("a.zip", zip);
  for (const auto& [id, state] : archive.Run()) EXPECT_EQ(state, "unchanged") << id;
  EXPECT_EQ(archive.Reader().revision(), before);
  archive.Write("a.zip", Letters(0, 3), 2);
  for (const auto& [id, state] : archive.Run()) EXPECT_EQ(state, "unchanged") << id << ", after a touch";
  EXPECT_EQ(archive.Documents(), 4U);
}

TEST(Members, AreReplacedWithTheirFile) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 10));
  archive.Run();
  archive.Write("a.zip", Letters(1, 11), 2);
  const States states = archive.Run();
  EXPECT_EQ(states.at("a.zip/letters/0.txt"), "deleted");
  EXPECT_EQ(states.at("a.zip/letters/1.txt"), "indexed");
  EXPECT_EQ(states.at("a.zip/letters/10.txt"), "indexed");
  EXPECT_EQ(states.size(), 12U);
  EXPECT_EQ(archive.Documents(), 11U);
  EXPECT_FALSE(archive.Has("a.zip/letters/0.txt"));
}

TEST(Members, GoWithTheirFile) {
  const Archive archive("max_vanish_percent = 100");
  archive.Write("a.zip", Letters(0, 5));
  archive.Write("b.txt", "words");
  archive.Run();
  fs::remove(archive.files() / "a.zip");
  const States states = archive.Run();
  EXPECT_EQ(states.at("a.zip"), "deleted");
  EXPECT_EQ(states.at("a.zip/letters/4.txt"), "deleted");
  EXPECT_EQ(archive.Documents(), 1U);
  for (const auto& entry : archive.Reader().Manifest()) EXPECT_EQ(entry.id, "b.txt");
}

TEST(Members, CountForTheGuardAgainstVanishing) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 10));
  archive.Run();
  archive.Write("a.zip", Letters(0, 3), 2);
  EXPECT_EQ(archive.Indexer({"run"}).exit_code, 3) << "7 of 11 would go with the new version";
  archive.Write("a.zip", "this is no archive", 3);
  EXPECT_EQ(archive.Indexer({"run"}).exit_code, 3);
  fs::remove(archive.files() / "a.zip");
  EXPECT_EQ(archive.Indexer({"run"}).exit_code, 3);
  EXPECT_EQ(archive.Documents(), 11U);
}

TEST(Members, MoveWithTheirFile) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 10));
  archive.Run();
  fs::rename(archive.files() / "a.zip", archive.files() / "b.zip");
  const ProgramResult plan = archive.Indexer({"run", "--dry-run"});
  EXPECT_THAT(plan.out, HasSubstr("moved 1, unchanged 0, gone 11 (11 of them moved)"));
  archive.Run();
  EXPECT_EQ(archive.Documents(), 11U);
  EXPECT_TRUE(archive.Has("b.zip/letters/9.txt"));
}

TEST(Members, AreInThePlanOfADryRun) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 2));
  archive.Run();
  const ProgramResult plan = archive.Indexer({"run", "--dry-run", "--report", "report.jsonl"});
  EXPECT_THAT(plan.out, HasSubstr("unchanged 3, gone 0"));
  EXPECT_EQ(archive.States(), (States{{"a.zip", "unchanged"},
                                      {"a.zip/letters/0.txt", "unchanged"},
                                      {"a.zip/letters/1.txt", "unchanged"}}));
}

TEST(Members, AreReadAgainWhenSomeAreMissing) {
  const Archive archive;
  archive.Write("a.zip", Letters(0, 3));
  archive.Run();
  // As after a job that was killed between two shards' commits.
  archive.Indexer({"delete", "archive", "a.zip/letters/1.txt"});
  EXPECT_EQ(archive.Run().at("a.zip/letters/1.txt"), "indexed");
  EXPECT_EQ(archive.Documents(), 4U);
}

TEST(Members, LeaveTheIdOfAFileAlone) {
  const Archive archive;
  archive.Write("a.zip", MakeZip({{"x.txt", "from the archive"}, {"y.txt", "another"}}));
  fs::create_directories(archive.root() / "more/a.zip");
  WriteFile(archive.root() / "more/a.zip/x.txt", "from the folder");
  WriteFile(archive.root() / "quipu.toml",
            "data_dir = \"var\"\n[indexes.archive]\n[[indexes.archive.sources]]\ntype = \"folder\"\npath = "
            "\"files\"\n"
            "[[indexes.archive.sources]]\ntype = \"folder\"\npath = \"more\"\n");
  archive.Run();
  EXPECT_EQ(archive.Body("a.zip/x.txt"), "from the folder");
  archive.Run({"--rebuild"});
  EXPECT_EQ(archive.Body("a.zip/x.txt"), "from the folder");
  EXPECT_TRUE(archive.Has("a.zip/y.txt"));
}

TEST(Members, SurviveARebuild) {
  const Archive archive;
  archive.Write("a.tar.gz", MakeTar({{"1.txt", "one"}, {"in.zip", MakeZip({{"2.txt", "two"}})}}, "gzip"));
  archive.Run();
  const States states = archive.Run({"--rebuild"});
  EXPECT_EQ(states, (States{{"a.tar.gz", "indexed"},
                            {"a.tar.gz/1.txt", "indexed"},
                            {"a.tar.gz/in.zip", "indexed"},
                            {"a.tar.gz/in.zip/2.txt", "indexed"}}));
  EXPECT_EQ(std::get<std::string>(archive.Stored("a.tar.gz/in.zip/2.txt").fields.at("container")),
            "a.tar.gz");
}

TEST(Members, TellWhatIsWrongWithThem) {
  const Archive archive;
  archive.Write("locked.zip", extract::testing::MakeEncryptedZip({{"a.txt", "secret words"}}));
  archive.Write("mixed.zip", MakeZip({{"good.txt", "words"},
                                      {"empty.txt", ""},
                                      {"x.bin", std::string("\x7F"
                                                            "ELF\0\0",
                                                            6)}}));
  archive.Write("broken.zip", Letters(0, 3).substr(0, 60));
  const States states = archive.Run();
  EXPECT_EQ(states.at("locked.zip"), "encrypted");
  EXPECT_EQ(states.at("locked.zip/a.txt"), "encrypted");
  EXPECT_EQ(states.at("mixed.zip/empty.txt"), "empty");
  EXPECT_EQ(states.at("mixed.zip/x.bin"), "skipped");
  EXPECT_EQ(states.at("broken.zip"), "failed");
  for (const auto& [id, state] : archive.Run()) EXPECT_NE(state, "indexed") << id;
}

TEST(Members, OfAMailAreItsAttachments) {
  const Archive archive;
  archive.Write("box.mbox",
                "From a@b Tue Jan 17 10:00:00 2023\nFrom: Ana <a@b>\nSubject: On tea\nDate: Tue, 17 Jan 2023 "
                "10:00:00 -0500\n"
                "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: "
                "text/plain\n\nSee the "
                "file.\n--b\nContent-Disposition: attachment; filename=tea.txt\n\nleaves and water\n--b--\n\n"
                "From c@d Wed Jan 18 10:00:00 2023\nFrom: c@d\nSubject: Re: On tea\n\nThanks.\n");
  EXPECT_EQ(archive.Run(), (States{{"box.mbox", "indexed"},
                                   {"box.mbox/1", "indexed"},
                                   {"box.mbox/1/tea.txt", "indexed"},
                                   {"box.mbox/2", "indexed"}}));
  EXPECT_EQ(archive.Stored("box.mbox/1").title, "On tea");
  EXPECT_EQ(archive.Body("box.mbox/1/tea.txt"), "leaves and water");
}

}  // namespace
}  // namespace quipu::testing
