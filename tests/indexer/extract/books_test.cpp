// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::MakeZip;
using Members = std::vector<std::pair<std::string, std::string>>;

std::string Page(const std::string& body) {
  return "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>t</title></head><body>" + body +
         "</body></html>";
}

/// A book of two chapters; `metadata` and `manifest` go into its package document.
Members EpubMembers(const std::string& metadata, const std::string& manifest, const std::string& spine) {
  return {{"mimetype", "application/epub+zip"},
          {"META-INF/container.xml",
           "<container><rootfiles><rootfile full-path='OEBPS/book.opf' "
           "media-type='application/oebps-package+xml'/>"
           "</rootfiles></container>"},
          {"OEBPS/book.opf", "<package xmlns:dc='d' xmlns:opf='o'><metadata>" + metadata +
                                 "</metadata><manifest><item id='two' href='text/ch%202.xhtml' "
                                 "media-type='application/xhtml+xml'/><item "
                                 "id='one' href='text/ch1.xhtml' media-type='application/xhtml+xml'/>" +
                                 manifest + "</manifest>" + spine + "</package>"},
          {"OEBPS/text/ch 2.xhtml", Page("<p>second chapter</p>")},
          {"OEBPS/text/ch1.xhtml", Page("<h1 id='x'>One</h1><p>first chapter</p>")}};
}

constexpr const char* kSpine = "<spine toc='ncx'><itemref idref='one'/><itemref idref='two'/></spine>";
constexpr const char* kNcxItem = "<item id='ncx' href='toc.ncx' media-type='application/x-dtbncx+xml'/>";

Reading Epub(const Members& members) {
  const std::string zip = MakeZip(members);
  return ReadEpub({.bytes = zip, .name = "a.epub"});
}

TEST(EpubReader, ReadsChaptersInReadingOrderWithTheirMetadata) {
  Members members = EpubMembers(
      "<dc:title>El quipu</dc:title><dc:creator>Ana</dc:creator><dc:creator>Luis</dc:creator><dc:language>es"
      "</dc:language><dc:date opf:event='modification'>2020-01-01</dc:date><dc:date "
      "opf:event='publication'>2001-05"
      "</dc:date><dc:description>&lt;p&gt;Un "
      "&lt;b&gt;libro&lt;/b&gt;&lt;/p&gt;</dc:description><dc:subject>nudos"
      "</dc:subject>",
      kNcxItem, kSpine);
  members.emplace_back(
      "OEBPS/toc.ncx",
      "<ncx><navMap><navPoint><navLabel><text>Uno</text></navLabel><content "
      "src='text/ch1.xhtml'/></navPoint><navPoint><navLabel><text>Dos</text></navLabel><content "
      "src='text/ch%202.xhtml#begin'/></navPoint></navMap></ncx>");
  const Reading reading = Epub(members);
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.title, "El quipu");
  EXPECT_EQ(reading.language, "es");
  EXPECT_EQ(reading.date, "2001-05");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "Un libro");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("author")).size(), 2U);
  EXPECT_EQ(reading.body, "One\n\nfirst chapter\n\nsecond chapter");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "One");  // the chapter's own heading goes before the table's
  EXPECT_EQ(reading.segments[0].anchor, "");
  EXPECT_EQ(reading.segments[1].heading, "Dos");
}

TEST(EpubReader, ReadsTheTableOfContentsOfEpub3) {
  Members members =
      EpubMembers("", "<item id='nav' href='nav.xhtml' properties='nav' media-type='application/xhtml+xml'/>",
                  "<spine><itemref idref='nav'/><itemref idref='two'/></spine>");
  members.emplace_back(
      "OEBPS/nav.xhtml",
      "<html xmlns:epub='e'><body><nav epub:type='toc'><ol><li><a href='text/ch%202.xhtml'>Capítulo "
      "<i>dos</i></a></li></ol></nav></body></html>");
  const Reading reading = Epub(members);
  EXPECT_EQ(reading.body, "second chapter");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Capítulo dos");
}

TEST(EpubReader, TellsProtectedChaptersFromObfuscatedFonts) {
  const auto encryption = [](const std::string& algorithm, const std::string& member) {
    return std::make_pair(std::string("META-INF/encryption.xml"),
                          "<encryption xmlns:enc='e'><enc:EncryptedData><enc:EncryptionMethod Algorithm='" +
                              algorithm + "'/><enc:CipherData><enc:CipherReference URI='" + member +
                              "'/></enc:CipherData></enc:EncryptedData></encryption>");
  };
  Members members = EpubMembers("", "", kSpine);
  members.push_back(encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/text/ch1.xhtml"));
  EXPECT_EQ(Epub(members).state, State::kEncrypted);
  members.back() = encryption("http://www.idpf.org/2008/embedding", "OEBPS/font.otf");
  EXPECT_EQ(Epub(members).state, State::kIndexed);
}

TEST(EpubReader, SaysWhatIsMissing) {
  EXPECT_EQ(Epub({{"mimetype", "application/epub+zip"}}).state, State::kFailed);
  Members members = EpubMembers("", "<item id='gone' href='gone.xhtml' media-type='application/xhtml+xml'/>",
                                "<spine><itemref idref='one'/><itemref idref='gone'/></spine>");
  const Reading reading = Epub(members);
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body, "One\n\nfirst chapter");
}

constexpr const char* kFb2 =
    "<?xml version='1.0' encoding='windows-1251'?><FictionBook><description><title-info><genre>prose</genre>"
    "<author><first-name>Lev</first-name><last-name>Tolstoy</last-name></author><book-title>\xCC\xE8\xF0</"
    "book-title>"
    "<annotation><p>About</p><p>war</p></annotation><keywords>war, peace</keywords><date "
    "value='1869-01-01'>1869"
    "</date><lang>ru</lang></title-info><document-info><author><nickname>scanner</nickname></"
    "author><date>2005</date>"
    "</document-info></description><body><title><p>Book</p></title><section><title><p>Part</p><p>One</p></"
    "title>\n"
    "  <p>text<a type='note'>[1]</a>\n  "
    "on</p><poem><stanza><v>line</v><v>verse</v></stanza></poem><table><tr><td>a"
    "</td><td>b</td></tr></table></section></body><body name='notes'><section><title><p>1</p></title><p>a "
    "note</p>"
    "</section></body><binary>AAAA</binary></FictionBook>";

TEST(Fb2Reader, ReadsSectionsNotesAndMetadata) {
  const Reading reading = ReadFb2({.bytes = kFb2, .name = "a.fb2"});
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.title, "Мир");
  EXPECT_EQ(reading.date, "1869-01-01");
  EXPECT_EQ(reading.language, "ru");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Lev Tolstoy");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "About war");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 3U);
  EXPECT_EQ(reading.body, "Book\n\nPart\nOne\n\ntext on\n\nline\nverse\n\na b\n\n1\n\na note");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[1].heading, "Part One");
}

TEST(Fb2Reader, ReadsTheZippedBook) {
  const std::string zip = MakeZip({{"book.fb2", kFb2}});
  EXPECT_EQ(ReadFb2({.bytes = zip, .name = "a.fb2.zip"}).title, "Мир");
  EXPECT_EQ(ReadFb2({.bytes = "<FictionBook><body><p>cut", .name = "a.fb2"}).state, State::kTruncated);
}

}  // namespace
}  // namespace quipu::extract
