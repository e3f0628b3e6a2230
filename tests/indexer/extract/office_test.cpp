// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::DocxMembers;
using testing::MakeZip;
using testing::OdtMembers;

Reading Docx(const std::string& body) {
  const std::string zip = MakeZip(DocxMembers(body));
  return ReadDocx({.bytes = zip, .name = "a.docx"});
}

Reading Odt(const std::string& text) {
  const std::string zip = MakeZip(OdtMembers(text));
  return ReadOdt({.bytes = zip, .name = "a.odt"});
}

std::string P(const std::string& text, const std::string& style = "") {
  return "<w:p>" + (style.empty() ? "" : "<w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>") +
         "<w:r><w:t>" + text + "</w:t></w:r></w:p>";
}

constexpr const char* kCore =
    "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:dcterms='t'><dc:title>La "
    "deuda</dc:title><dc:creator>Ana</dc:creator>"
    "<cp:keywords>tierra, agua</cp:keywords><dc:description>Un "
    "resumen</dc:description><dcterms:created>2023-01-17T10:00:00Z</dcterms:created>"
    "</cp:coreProperties>";

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string xml;
  const char* body;
};
class DocxText : public ::testing::TestWithParam<Case> {};
TEST_P(DocxText, IsWhatAReaderSees) { EXPECT_EQ(Docx(GetParam().xml).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, DocxText,
    ::testing::Values(
        Case{"Paragraphs", P("one") + P("") + P("two"), "one\n\ntwo"},
        Case{"RunsJoin", "<w:p><w:r><w:t>per</w:t></w:r><w:r><w:t>ú</w:t></w:r></w:p>", "perú"},
        Case{"TabsAndBreaks", "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
             "a b\nc"},
        Case{"TabStopsAreNoText",
             "<w:p><w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
             "a"},
        Case{"Table",
             "<w:tbl><w:tr><w:tc>" + P("a") + "</w:tc><w:tc>" + P("b") + "</w:tc></w:tr><w:tr><w:tc>" +
                 P("c") + P("d") + "</w:tc></w:tr></w:tbl>" + P("after"),
             "a b\nc\nd\n\nafter"},
        Case{"DeletedAndHiddenText",
             "<w:p><w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></"
             "w:ins>"
             "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></"
             "w:r></w:p>",
             "new"},
        Case{"TextBoxOnce",
             "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>" + P("box") +
                 "</w:txbxContent></mc:Choice><mc:Fallback>" + P("box") +
                 "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>",
             "box\n\naround"}),
    [](const auto& tested) { return tested.param.name; });

TEST(DocxReader, MakesSegmentsOfHeadingStyles) {
  auto members = DocxMembers(P("intro") + P("Título", "Ttulo1") + P("text") + P("Based", "Mine") +
                             P("Level", "Out") + P("Body", "Normal"));
  members.emplace_back("word/styles.xml",
                       "<w:styles xmlns:w='w'><w:style w:type='paragraph' w:styleId='Ttulo1'><w:name "
                       "w:val='heading 1'/></w:style>"
                       "<w:style w:type='paragraph' w:styleId='Mine'><w:name w:val='Mi estilo'/><w:basedOn "
                       "w:val='Ttulo1'/></w:style>"
                       "<w:style w:type='paragraph' w:styleId='Out'><w:name w:val='x'/><w:pPr><w:outlineLvl "
                       "w:val='2'/></w:pPr></w:style>"
                       "<w:style w:type='paragraph' w:styleId='Normal'><w:name w:val='Normal'/><w:basedOn "
                       "w:val='Normal'/></w:style></w:styles>");
  const std::string zip = MakeZip(members);
  const Reading reading = ReadDocx({.bytes = zip, .name = "a.docx"});
  ASSERT_EQ(reading.segments.size(), 3U);
  EXPECT_EQ(reading.segments[0].heading, "Título");
  EXPECT_EQ(reading.segments[1].heading, "Based");
  EXPECT_EQ(reading.segments[2].heading, "Level");
  EXPECT_EQ(reading.body.substr(reading.segments[1].begin, 5), "Based");
}

TEST(DocxReader, ReadsMetadataAndNotes) {
  auto members = DocxMembers(P("text"));
  members.emplace_back("docProps/core.xml", kCore);
  members.emplace_back("word/footnotes.xml", "<w:footnotes xmlns:w='w'><w:footnote w:type='separator'>" +
                                                 P("---") + "</w:footnote><w:footnote>" + P("a note") +
                                                 "</w:footnote></w:footnotes>");
  const std::string zip = MakeZip(members);
  const Reading reading = ReadDocx({.bytes = zip, .name = "a.docx"});
  EXPECT_EQ(reading.title, "La deuda");
  EXPECT_EQ(reading.date, "2023-01-17T10:00:00Z");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "Un resumen");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 2U);
  EXPECT_EQ(reading.body, "text\n\na note");
}

TEST(DocxReader, KeepsWhatStandsBeforeDamage) {
  const Reading reading = Docx(P("before") + "<w:p><w:r><w:t>half</w:r></w:p>" + P("after"));
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body.substr(0, 6), "before");
  EXPECT_EQ(Docx("<<<").state, State::kFailed);
}

TEST(DocxReader, GivesTheBeginningOfATextThatUnpacksTooLarge) {
  const Reading reading =
      Docx(P("first") + "<w:p><w:r><w:t>" + std::string(70 << 20, 'a') + "</w:t></w:r></w:p>");
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body.substr(0, 8), "first\n\na");
}

TEST(DocxReader, DoesNotExpandBombs) {
  auto members = DocxMembers("");
  std::string bomb = "<?xml version='1.0'?><!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'>";
  for (char c = 'b'; c <= 'i'; ++c) {
    bomb += std::string("<!ENTITY ") + c + " '";
    for (int i = 0; i < 10; ++i) bomb += std::string("&") + static_cast<char>(c - 1) + ";";
    bomb += "'>";
  }
  members.back().second =
      bomb + "]><w:document xmlns:w='w'><w:body>" + P("before") + P("&i;") + "</w:body></w:document>";
  const std::string zip = MakeZip(members);
  const Reading reading = ReadDocx({.bytes = zip, .name = "a.docx"});
  EXPECT_LT(reading.body.size(), 1000U);
}

TEST(OdtReader, ReadsTextWithItsHeadingsAndNotes) {
  const Reading reading =
      Odt("<text:p>intro<text:s text:c='2'/>x<text:tab/>y<text:line-break/>z</text:p><text:h "
          "text:outline-level='1'>Título</text:h>"
          "<text:p>text<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>a "
          "note</text:p></text:note-body></text:note> on</text:p>"
          "<table:table><table:table-row><table:table-cell><text:p>a</text:p></"
          "table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell>"
          "</table:table-row></table:table>");
  EXPECT_EQ(reading.body, "intro  x y\nz\n\nTítulo\n\ntext on\n\na b\n\na note");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Título");
}

TEST(OdtReader, KnowsEncryptedFiles) {
  auto members = OdtMembers("<text:p>x</text:p>");
  members.emplace_back("META-INF/manifest.xml",
                       "<manifest:manifest><manifest:encryption-data/></manifest:manifest>");
  const std::string zip = MakeZip(members);
  EXPECT_EQ(ReadOdt({.bytes = zip, .name = "a.odt"}).state, State::kEncrypted);
}

TEST(OdtReader, WithoutItsContentFails) {
  const std::string zip = MakeZip({{"mimetype", "application/vnd.oasis.opendocument.text"}});
  EXPECT_EQ(ReadOdt({.bytes = zip, .name = "a.odt"}).state, State::kFailed);
}

}  // namespace
}  // namespace quipu::extract
