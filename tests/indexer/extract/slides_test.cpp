// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "indexer/extract/ooxml_relations.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::MakeZip;
using Members = std::vector<std::pair<std::string, std::string>>;

std::string Relations(const std::vector<std::pair<std::string, std::string>>& targets) {
  std::string xml = "<Relationships>";
  int number = 0;
  for (const auto& [type, target] : targets)
    xml.append("<Relationship Id='rId")
        .append(std::to_string(++number))
        .append("' Type='http://x/relationships/")
        .append(type)
        .append("' Target='")
        .append(target)
        .append("'/>");
  return xml + "</Relationships>";
}

std::string Shape(const std::string& placeholder, const std::string& text) {
  const std::string ph = placeholder.empty() ? "" : "<p:ph type='" + placeholder + "'/>";
  return "<p:sp><p:nvSpPr><p:nvPr>" + ph + "</p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>" + text +
         "</a:t></a:r></a:p></p:txBody></p:sp>";
}

std::string SlideXml(const std::string& shapes) {
  return "<p:sld xmlns:p='p' xmlns:a='a'><p:cSld><p:spTree>" + shapes + "</p:spTree></p:cSld></p:sld>";
}

/// Two slides, shown in the order 2, 1.
Members PptxMembers(const std::string& first, const std::string& second) {
  return {
      {"[Content_Types].xml", ""},
      {"_rels/.rels", Relations({{"officeDocument", "ppt/presentation.xml"}})},
      {"ppt/presentation.xml",
       "<p:presentation xmlns:p='p' xmlns:r='r'><p:sldIdLst><p:sldId id='256' r:id='rId2'/><p:sldId id='257' "
       "r:id='rId1'/></p:sldIdLst></p:presentation>"},
      {"ppt/_rels/presentation.xml.rels",
       Relations({{"slide", "slides/slide1.xml"}, {"slide", "/ppt/slides/slide2.xml"}})},
      {"ppt/slides/slide1.xml", SlideXml(first)},
      {"ppt/slides/slide2.xml", SlideXml(second)}};
}

Reading Pptx(const Members& members) {
  const std::string zip = MakeZip(members);
  return ReadPptx({.bytes = zip, .name = "a.pptx"});
}

TEST(PptxReader, ReadsSlidesAsShownWithTheirTitles) {
  const Reading reading =
      Pptx(PptxMembers(Shape("title", "Last") + Shape("", "text"),
                       Shape("body", "before") + Shape("ctrTitle", "Primera") + Shape("sldNum", "7")));
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "Primera\n\nbefore\n\nLast\n\ntext");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "Primera");
  EXPECT_EQ(reading.segments[1].heading, "Last");
}

TEST(PptxReader, ReadsTablesNotesAndDiagrams) {
  const std::string table =
      "<p:graphicFrame><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>a</a:t></a:r></a:p></a:txBody></"
      "a:tc><a:tc>"
      "<a:txBody><a:p><a:r><a:t>b</a:t></a:r></a:p></a:txBody></a:tc></a:tr></a:tbl></p:graphicFrame>";
  Members members = PptxMembers(table, "");
  members.emplace_back("ppt/slides/_rels/slide1.xml.rels", Relations({{"notesSlide", "../notesSlides/n.xml"},
                                                                      {"diagramData", "../diagrams/d.xml"}}));
  members.emplace_back("ppt/notesSlides/n.xml", SlideXml(Shape("body", "a note") + Shape("sldNum", "1")));
  members.emplace_back(
      "ppt/diagrams/d.xml",
      "<d:m xmlns:d='d' xmlns:a='a'><d:pt><d:t><a:p><a:r><a:t>step</a:t></a:r></a:p></d:t></d:pt></d:m>");
  EXPECT_EQ(Pptx(members).body, "a b\n\nstep\n\na note");
}

TEST(PptxReader, KeepsWhatIsNotDamaged) {
  const Reading reading = Pptx(PptxMembers(Shape("title", "Good"), Shape("title", "Cut") + "<a:"));
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body, "Cut\n\nGood");
  EXPECT_EQ(Pptx({{"ppt/other.xml", "x"}}).state, State::kFailed);
}

TEST(OoxmlRelations, ResolveNamesWithinTheArchive) {
  EXPECT_EQ(ResolveMember("ppt/slides/slide1.xml", "../notes/n.xml"), "ppt/notes/n.xml");
  EXPECT_EQ(ResolveMember("ppt/slides/slide1.xml", "/xl/a.xml"), "xl/a.xml");
  EXPECT_EQ(ResolveMember("a.xml", "../../../etc/passwd"), "etc/passwd");
  EXPECT_EQ(ResolveMember("", "./a//b"), "a/b");
}

Reading Odp(const std::string& pages) {
  const std::string xml =
      "<office:document-content xmlns:office='o' xmlns:draw='d' xmlns:text='t' "
      "xmlns:presentation='p'><office:body>"
      "<office:presentation>" +
      pages + "</office:presentation></office:body></office:document-content>";
  const std::string zip =
      MakeZip({{"mimetype", "application/vnd.oasis.opendocument.presentation"}, {"content.xml", xml}});
  return ReadOdp({.bytes = zip, .name = "a.odp"});
}

TEST(OdpReader, ReadsPagesWithTheirTitlesAndNotes) {
  const Reading reading = Odp(
      "<draw:page draw:name='page1'><draw:frame presentation:class='outline'><text:p>one</text:p><text:p>two"
      "</text:p></draw:frame><draw:frame presentation:class='title'><text:p>Título</text:p></draw:frame>"
      "<draw:frame presentation:class='footer'><text:p>footer</text:p></draw:frame><presentation:notes>"
      "<draw:frame><text:p>a note</text:p></draw:frame></presentation:notes></draw:page>"
      "<draw:page><draw:custom-shape><text:p>box</text:p></draw:custom-shape></draw:page>");
  EXPECT_EQ(reading.body, "Título\n\none\n\ntwo\n\na note\n\nbox");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "Título");
  EXPECT_EQ(reading.segments[1].heading, "");
}

TEST(VsdxReader, ReadsTheTextOfShapesPageByPage) {
  const std::string zip = MakeZip(
      {{"[Content_Types].xml", ""},
       {"_rels/.rels", Relations({{"document", "visio/document.xml"}})},
       {"visio/_rels/document.xml.rels", Relations({{"pages", "pages/pages.xml"}})},
       {"visio/pages/_rels/pages.xml.rels", Relations({{"page", "page1.xml"}, {"page", "page2.xml"}})},
       {"visio/pages/pages.xml",
        "<Pages xmlns:r='r'><Page Name='Plan'><Rel r:id='rId1'/></Page><Page Name='Page-2'>"
        "<Rel r:id='rId2'/></Page></Pages>"},
       {"visio/pages/page1.xml",
        "<PageContents><Shape><Cell V='no text'/><Text><cp IX='0'/>Start</Text></Shape><Shape>"
        "<Text>End</Text></Shape></PageContents>"},
       {"visio/pages/page2.xml", "<PageContents><Shape><Text>More</Text></Shape></PageContents>"}});
  const Reading reading = ReadVsdx({.bytes = zip, .name = "a.vsdx"});
  EXPECT_EQ(reading.body, "Plan\n\nStart\n\nEnd\n\nMore");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "Plan");
  EXPECT_EQ(reading.segments[1].heading, "");
}

TEST(XpsReader, ReadsRunsOfOneHeightAsALine) {
  const std::string zip = MakeZip(
      {{"[Content_Types].xml", ""},
       {"_rels/.rels", Relations({{"fixedrepresentation", "/Seq.fdseq"}})},
       {"Seq.fdseq",
        "<FixedDocumentSequence><DocumentReference Source='/Documents/1/Doc.fdoc'/></FixedDocumentSequence>"},
       {"Documents/1/Doc.fdoc", "<FixedDocument><PageContent Source='Pages/1.fpage'/></FixedDocument>"},
       {"Documents/1/Pages/1.fpage",
        "<FixedPage><Glyphs UnicodeString='one' OriginY='10'/><Glyphs UnicodeString=' line' "
        "OriginY='10'/><Glyphs "
        "UnicodeString='{}{two}' OriginY='20'/></FixedPage>"}});
  EXPECT_EQ(ReadXps({.bytes = zip, .name = "a.xps"}).body, "one line\n{two}");
}

}  // namespace
}  // namespace quipu::extract
