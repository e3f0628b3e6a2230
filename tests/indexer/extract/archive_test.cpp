// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/indexer/extract/collected_members.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::Compress;
using testing::ExtractWithMembers;
using ::testing::HasSubstr;
using testing::MakeTar;
using testing::MakeZip;
using States = std::map<std::string, State>;

TEST(Archive, GivesEachMemberAsADocument) {
  const auto read = ExtractWithMembers(MakeZip({{"a.txt", "First letter.\n\nOf tea."},
                                                {"sub/b.md", "# Second\n\ntext"},
                                                {"c.png", "\x89PNG\r\n\x1A\n"}}),
                                       "mail/letters.zip");
  EXPECT_EQ(read.States(),
            (States{{"a.txt", State::kIndexed}, {"sub/b.md", State::kIndexed}, {"c.png", State::kSkipped}}));
  const schema::Document& second = read.members.at("sub/b.md").document;
  EXPECT_EQ(second.title, "Second");
  EXPECT_EQ(second.type, "markdown");
  EXPECT_EQ(second.date, "2023-01-17") << "the archive's, for want of the document's own";
  EXPECT_EQ(read.file.state, State::kIndexed);
  EXPECT_EQ(read.file.document.type, "zip");
  EXPECT_EQ(read.file.document.body, "a.txt\nsub/b.md\nc.png");
}

class TarArchive : public ::testing::TestWithParam<const char*> {};
TEST_P(TarArchive, IsReadWhateverCompressesIt) {
  const auto read =
      ExtractWithMembers(MakeTar({{"a.txt", "words"}, {"d/b.txt", "more"}}, GetParam()), "a.tar.x");
  EXPECT_EQ(read.States(), (States{{"a.txt", State::kIndexed}, {"d/b.txt", State::kIndexed}}));
  EXPECT_EQ(read.file.document.type, "tar");
}
INSTANTIATE_TEST_SUITE_P(Compressions, TarArchive, ::testing::Values("", "gzip", "bzip2", "xz", "zstd"));

class CompressedFile : public ::testing::TestWithParam<const char*> {};
TEST_P(CompressedFile, IsTheFileInIt) {
  const auto read = ExtractWithMembers(Compress("# Tea\n\nA drink.", GetParam()), "tea.md.gz");
  EXPECT_EQ(read.file.state, State::kIndexed) << read.file.reason;
  EXPECT_EQ(read.file.document.type, "markdown");
  EXPECT_EQ(read.file.document.title, "Tea");
  EXPECT_TRUE(read.members.empty());
}
INSTANTIATE_TEST_SUITE_P(Compressions, CompressedFile, ::testing::Values("gzip", "bzip2", "xz", "zstd"));

TEST(Archive, OpensArchivesInItUpToADepth) {
  std::string nested = MakeZip({{"deep.txt", "words"}});
  for (int i = 0; i < 2; ++i) nested = MakeZip({{"in.zip", nested}});
  EXPECT_EQ(ExtractWithMembers(nested, "a.zip").members.at("in.zip/in.zip/deep.txt").state, State::kIndexed);
  nested = MakeZip({{"in.zip", nested}});
  const auto read = ExtractWithMembers(nested, "a.zip");
  EXPECT_FALSE(read.members.contains("in.zip/in.zip/in.zip/deep.txt"));
  EXPECT_EQ(read.file.state, State::kTruncated);
  EXPECT_THAT(read.file.reason, HasSubstr("depth of 3"));
}

TEST(Archive, MakesIdsOfHostileNames) {
  const auto read = ExtractWithMembers(MakeTar({{"../../etc/passwd", "a"},
                                                {"/abs/b.txt", "b"},
                                                {"./c//d.txt", "c"},
                                                {"c/d.txt", "d"},
                                                {"\\win\\e.txt", "e"}},
                                               ""),
                                       "a.tar");
  EXPECT_EQ(read.States(), (States{{"etc/passwd", State::kIndexed},
                                   {"abs/b.txt", State::kIndexed},
                                   {"c/d.txt", State::kIndexed},
                                   {"c/d.txt~2", State::kIndexed},
                                   {"win/e.txt", State::kIndexed}}));
}

TEST(Archive, TellsMembersWithAPassword) {
  const auto read = ExtractWithMembers(testing::MakeEncryptedZip({{"a.txt", "words"}}), "a.zip");
  EXPECT_EQ(read.States(), (States{{"a.txt", State::kEncrypted}}));
  EXPECT_EQ(read.file.state, State::kEncrypted);
}

TEST(Archive, StopsAtABomb) {
  const std::string zeros(33U << 20, '\0');
  std::vector<std::pair<std::string, std::string>> members;
  for (int i = 0; i < 2; ++i) members.emplace_back("z" + std::to_string(i), zeros);
  const auto read = ExtractWithMembers(MakeZip(members), "bomb.zip");
  EXPECT_EQ(read.file.state, State::kTruncated);
  EXPECT_THAT(read.file.reason, HasSubstr("unpack to more than 64 MiB"));
  EXPECT_EQ(read.members.at("z1").state, State::kSkipped);
}

TEST(Archive, StopsAtItsMemberLimit) {
  std::vector<std::pair<std::string, std::string>> members;
  for (std::uint64_t i = 0; i <= MemberLimits::kMaxMembers; ++i) members.emplace_back(std::to_string(i), "");
  const auto read = ExtractWithMembers(MakeTar(members, "gzip"), "many.tar.gz");
  EXPECT_EQ(read.members.size(), MemberLimits::kMaxMembers);
  EXPECT_EQ(read.file.state, State::kTruncated);
  EXPECT_THAT(read.file.reason, HasSubstr("10000 members"));
}

TEST(Archive, StopsWhenItsTimeIsOver) {
  MemberReader::Setup setup;
  setup.limits.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const auto read = ExtractWithMembers(MakeZip({{"a.txt", "words"}}), "a.zip", std::move(setup));
  EXPECT_TRUE(read.members.empty());
  EXPECT_THAT(read.file.reason, HasSubstr("out of time"));
}

TEST(Archive, GivesWhatStandsBeforeADamagedPlace) {
  const std::string whole = MakeTar({{"a.txt", "words"}, {"b.txt", std::string(50000, 'b')}}, "");
  const auto read = ExtractWithMembers(whole.substr(0, 4096), "a.tar");
  EXPECT_EQ(read.members.at("a.txt").state, State::kIndexed);
  EXPECT_EQ(read.file.state, State::kTruncated);
  EXPECT_EQ(ExtractWithMembers("PK\x03\x04 and nothing else", "a.zip").file.state, State::kFailed);
}

TEST(Archive, SurvivesBeingCutAnywhere) {
  const std::string zip = MakeZip({{"a.txt", "words"}, {"b/c.html", "<p>more"}});
  const std::string tar = MakeTar({{"a.txt", "words"}, {"b/c.html", "<p>more"}}, "xz");
  for (std::size_t size = 0; size < zip.size(); size += 3) ExtractWithMembers(zip.substr(0, size), "a.zip");
  for (std::size_t size = 0; size < tar.size(); size += 3)
    ExtractWithMembers(tar.substr(0, size), "a.tar.xz");
}

TEST(Archive, GoesOnBehindAMemberThatKilledAReader) {
  const std::string inner = MakeZip({{"1.txt", "one"}, {"2.txt", "two"}});
  const std::string zip = MakeZip({{"a.txt", "words"}, {"in.zip", inner}, {"b.txt", "more"}});
  // Numbers: a.txt 0, in.zip 1, in.zip/1.txt 2, in.zip/2.txt 3, b.txt 4.
  EXPECT_EQ(ExtractWithMembers(zip, "x.zip").begun, (std::vector<std::uint64_t>{0, 1, 2, 3, 4}));
  MemberReader::Setup setup;
  setup.resume_at = 2;
  setup.blame = "it crashed";
  const auto read = ExtractWithMembers(zip, "x.zip", std::move(setup));
  EXPECT_EQ(read.States(), (States{{"in.zip/1.txt", State::kFailed},
                                   {"in.zip/2.txt", State::kIndexed},
                                   {"in.zip", State::kIndexed},
                                   {"b.txt", State::kIndexed}}));
  EXPECT_EQ(read.members.at("in.zip/1.txt").reason, "it crashed");
  EXPECT_EQ(read.begun, (std::vector<std::uint64_t>{3, 4}));
}

TEST(CompressedFile, IsReadThroughSeveralCompressions) {
  EXPECT_EQ(ExtractWithMembers(Compress(Compress("words", "xz"), "gzip"), "a.gz").file.document.body,
            "words");
}

}  // namespace
}  // namespace quipu::extract
