// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "indexer/extract/xml_text.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view text) { return ReadXml({.bytes = text, .name = "a.xml"}); }
Reading Svg(std::string_view text) { return ReadSvg({.bytes = text, .name = "a.svg"}); }

TEST(XmlDocument, ReadsDocBook) {
  const Reading reading = Read(
      "<?xml version='1.0'?><!DOCTYPE book PUBLIC '-//OASIS//DTD DocBook XML V4.5//EN' 'x.dtd'>"
      "<book lang='es'><bookinfo><title>On "
      "tea</title><author><firstname>Ana</firstname><surname>Ruiz</surname></author>"
      "<pubdate>2023-01-17</pubdate><legalnotice><para>hidden</para></legalnotice></bookinfo>"
      "<chapter id='leaves'><title>Of <emphasis>leaves</emphasis></title><para>Two&nbsp;kinds: "
      "<literal>a</literal> and "
      "H<subscript>2</subscript>O.</para><programlisting>x\n  y</programlisting></chapter></book>");
  EXPECT_EQ(reading.state, State::kIndexed) << reading.reason;
  EXPECT_EQ(reading.title, "On tea");
  EXPECT_EQ(reading.date, "2023-01-17");
  EXPECT_EQ(reading.language, "es");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana Ruiz");
  EXPECT_EQ(reading.body, "On tea\n\nOf leaves\n\nTwo kinds: a and H2O.\n\nx\n  y");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[1].anchor, "leaves");
  EXPECT_EQ(reading.segments[1].heading, "Of leaves");
}

TEST(XmlDocument, ReadsArticlesAndEditions) {
  const Reading jats = Read(
      "<article><front><journal-meta><journal-title>hidden</journal-title></"
      "journal-meta><article-meta><title-group>"
      "<article-title>On "
      "tea</article-title></title-group><contrib-group><contrib><name><surname>Ruiz</surname>"
      "<given-names>Ana</given-names></name></contrib></contrib-group><pub-date><day>17</day><month>1</"
      "month><year>2023"
      "</year></pub-date><abstract><p>In short.</p></abstract></article-meta></front><body><sec "
      "id='s1'><title>One</title>"
      "<p>Text.</p></sec></body></article>");
  EXPECT_EQ(jats.title, "On tea");
  EXPECT_EQ(jats.date, "2023-01-17");
  EXPECT_EQ(std::get<std::string>(jats.fields.at("author")), "Ruiz Ana");
  EXPECT_EQ(std::get<std::string>(jats.fields.at("description")), "In short.");
  EXPECT_EQ(jats.body, "On tea\n\nIn short.\n\nOne\n\nText.");
  const Reading tei = Read(
      "<TEI xmlns='http://www.tei-c.org/ns/1.0' "
      "xml:lang='la'><teiHeader><fileDesc><titleStmt><title>Carmina</title>"
      "<author>Horatius</author></titleStmt></fileDesc><encodingDesc><p>hidden</p></encodingDesc></teiHeader>"
      "<text><body><div xml:id='c1'><head>Carmen "
      "I</head><l>Maecenas</l><l>atavis</l></div></body></text></TEI>");
  EXPECT_EQ(tei.title, "Carmina");
  EXPECT_EQ(tei.language, "la");
  EXPECT_EQ(tei.body, "Carmina\n\nCarmen I\n\nMaecenas\natavis");
  EXPECT_EQ(tei.segments.back().anchor, "c1");
}

TEST(XmlDocument, ReadsAnyOtherXmlAsText) {
  EXPECT_EQ(Read("<?xml version='1.0' "
                 "encoding='iso-8859-1'?><rows><row><k>a\xF1o</k><v>1</v></row><row>b</row></rows>")
                .body,
            "año\n1\nb");
  EXPECT_EQ(Read("<a>one<b>two</a>").state, State::kTruncated);
  EXPECT_EQ(Read("<a").state, State::kFailed);
}

TEST(XmlDocument, SurvivesBombs) {
  const Reading bomb = Read(
      "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x 'boom'><!ENTITY y '&x;&x;&x;'>]><a>before &y; after</a>");
  EXPECT_EQ(bomb.body, "before after");
  std::string deep;
  for (int i = 0; i < 100000; ++i) deep += "<a>t";
  EXPECT_EQ(Read(deep).state, State::kTruncated);
}

TEST(DecodeXml, KnowsTheNamesOfHtml) {
  EXPECT_EQ(DecodeXml("<?xml version='1.0' encoding='utf-8'?><a>&eacute;&amp;&#65;&nosuch;& b</a>"),
            "<a>é&amp;&#65; & b</a>");
}

TEST(Svg, GivesItsWords) {
  const Reading reading =
      Svg("<svg xmlns='http://www.w3.org/2000/svg'><title>A map</title><desc>Of the "
          "town</desc><style>hidden</style>"
          "<g><title>Layer</title><text x='1'>Main <tspan>street</tspan></text></g></svg>");
  EXPECT_EQ(reading.title, "A map");
  EXPECT_EQ(reading.body, "A map\nOf the town\nLayer\nMain street");
  EXPECT_EQ(Svg("<svg><path d='M0'/></svg>").state, State::kSkipped);
}

}  // namespace
}  // namespace quipu::extract
