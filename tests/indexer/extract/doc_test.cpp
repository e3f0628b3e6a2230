// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_doc.h"
#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract {
namespace {

using testing::Le16;
using testing::Le32;
using testing::MakeDoc;
using testing::MakeOle;
using testing::MakeSimpleDoc;
using testing::MakeSummary;
using testing::Utf16;

Reading Doc(const std::string& bytes) { return ReadDoc({.bytes = bytes, .name = "a.doc"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string text;
  const char* body;
};
class DocText : public ::testing::TestWithParam<Case> {};
TEST_P(DocText, IsWhatAReaderSees) { EXPECT_EQ(Doc(MakeSimpleDoc(GetParam().text)).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, DocText,
    ::testing::Values(Case{"Paragraphs", "one\r\rtwo\r", "one\n\ntwo"},
                      Case{"Windows1252", "\x93mur\xE9\x94 \x80\r", "“muré” €"},
                      Case{"LinesAndTabs", "a\tb\vc\r", "a b\nc"},
                      Case{"HyphensAndPictures", "co\x1Fop\x1Eus \x01\x08\r", "coop-us"},
                      Case{"FieldsShowTheirResult", "see \x13 HYPERLINK \"x\" \x14the page\x15!\r",
                           "see the page!"},
                      Case{"FieldsInFields", "\x13 IF \x13 PAGE \x14 1 \x15 \x14yes\x15\r", "yes"},
                      Case{"FieldWithoutResult", "a\x13 XE \"entry\" \x15 b\r", "a b"},
                      Case{"EndWithoutBegin", "a\x15\x14z\r", "az"}),
    [](const auto& tested) { return tested.param.name; });

TEST(DocReader, JoinsPiecesOfBothWidths) {
  const Reading reading =
      Doc(MakeDoc({.pieces = {{"abc "}, {Utf16(u"ñandú 道\r"), true}, {"end\r"}}, .text = 16}));
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "abc ñandú 道\n\nend");
}

TEST(DocReader, PutsFootnotesBehindTheText) {
  const Reading reading =
      Doc(MakeDoc({.pieces = {{"text\x02 on\r\x02 a note\r"}}, .text = 9, .footnotes = 9}));
  EXPECT_EQ(reading.body, "text on\n\na note");
}

TEST(DocReader, MakesSegmentsOfHeadingsAndLinesOfRows) {
  const std::string in_table = Le16(0x2416) + '\1';
  const std::string row_end = in_table + Le16(0x2417) + '\1';
  const Reading reading = Doc(MakeDoc({.pieces = {{"Intro\rtext\rNamed\ra\ab\a\ac\a\aend\r"}},
                                       .text = 29,
                                       .paragraphs = {{6, 1, ""},
                                                      {11, 0, ""},
                                                      {17, 0, Le16(0x2640) + '\2'},
                                                      {19, 0, in_table},
                                                      {21, 0, in_table},
                                                      {22, 0, row_end},
                                                      {24, 0, in_table},
                                                      {25, 0, row_end},
                                                      {29, 0, ""}}}));
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "Intro");
  EXPECT_EQ(reading.segments[1].heading, "Named");
  EXPECT_EQ(reading.body, "Intro\n\ntext\n\nNamed\n\na b\nc\n\nend");
}

TEST(DocReader, ReadsMetadata) {
  const Reading reading =
      Doc(MakeDoc({.pieces = {{"x\r"}},
                   .text = 2,
                   .summary = MakeSummary({{2, "T\xEDtulo"}, {4, "Ana"}, {5, "a, b"}, {6, "About"}})}));
  EXPECT_EQ(reading.title, "Título");
  EXPECT_EQ(reading.date, "2023-01-17T10:00:00Z");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "About");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 2U);
}

TEST(DocReader, KnowsEncryptedFiles) {
  EXPECT_EQ(Doc(MakeDoc({.pieces = {{"x\r"}}, .text = 2, .flags = 0x0100})).state, State::kEncrypted);
}

TEST(DocReader, ReadsWord95InItsOwnCharset) {
  std::string main(0x300, '\0');
  main.replace(0, 4, Le16(0xA5DC) + Le16(104));
  const std::string text =
      "\xCF\xF0\xE8\xE2\xE5\xF2 \xEC\xE8\xF0, \xFD\xF2\xEE \xF0\xF3\xF1\xF1\xEA\xE8\xE9 "
      "\xF2\xE5\xEA\xF1\xF2\r";
  main.replace(0x18, 4, Le32(0x300));
  main.replace(0x34, 4, Le32(static_cast<std::uint32_t>(text.size())));
  const Reading reading = Doc(MakeOle({{"WordDocument", main + text}}));
  EXPECT_EQ(reading.body, "Привет мир, это русский текст");
}

TEST(DocReader, KeepsWithinAbsurdNumbers) {
  // Two thousand pieces that all claim the whole stream.
  std::string main(0x400, 'a');
  std::string ends;
  std::string places;
  for (std::uint32_t i = 0; i <= 2000; ++i) ends += Le32(i * 0x100000);
  for (std::uint32_t i = 0; i < 2000; ++i) places += Le16(0) + Le32(0x40000000) + Le16(0);
  const std::string table =
      '\2' + Le32(static_cast<std::uint32_t>(ends.size() + places.size())) + ends + places;
  main.replace(0, 4, Le16(0xA5EC) + Le16(193));
  main.replace(0x0A, 2, Le16(0x0200));
  main.replace(0x4C, 4, Le32(0xFFFFFFF0));
  main.replace(0x1A2, 8, Le32(0) + Le32(static_cast<std::uint32_t>(table.size())));
  main.replace(0x102, 8, Le32(0) + Le32(0xFFFFFFFF));
  const Reading reading = Doc(MakeOle({{"WordDocument", main}, {"1Table", table}}));
  EXPECT_LT(reading.body.size(), 4U << 20);
}

TEST(DocReader, WithoutItsTextFails) {
  EXPECT_EQ(Doc(MakeOle({{"WordDocument", "short"}})).state, State::kFailed);
  EXPECT_EQ(Doc("").state, State::kFailed);
  const std::string whole = MakeSimpleDoc(std::string(9000, 'x') + "\r");
  const Reading cut = Doc(whole.substr(0, 6000));
  EXPECT_TRUE(cut.state == State::kFailed || cut.state == State::kTruncated);
}

}  // namespace
}  // namespace quipu::extract
