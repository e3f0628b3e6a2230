// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/file_type.h"

#include <gtest/gtest.h>

#include <ostream>

#include "tests/indexer/extract/sample_ole.h"
#include "tests/indexer/extract/sample_pdf.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using namespace std::string_view_literals;

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string_view bytes;
  const char* file;
  const char* type;
};
class FileType : public ::testing::TestWithParam<Case> {};
TEST_P(FileType, ComesFromTheContent) {
  EXPECT_EQ(SniffType(GetParam().bytes, GetParam().file), GetParam().type);
}
INSTANTIATE_TEST_SUITE_P(
    Table, FileType,
    ::testing::Values(
        Case{"PngCalledTxt", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"sv, "notes.txt", "image/png"},
        Case{"JpegCalledPdf", "\xFF\xD8\xFF\xE0\0\x10JFIF"sv, "a.pdf", "image/jpeg"},
        Case{"PdfCalledTxt", "%PDF-1.4\n%..."sv, "a.txt", "pdf"},
        Case{"PdfAfterJunk", "\n\njunk\n%PDF-1.4"sv, "a", "pdf"},
        Case{"Gzip", "\x1F\x8B\x08\0\0\0\0\0"sv, "a.txt", "application/gzip"},
        Case{"Rtf", "{\\rtf1\\ansi hola}"sv, "a.doc", "rtf"},
        Case{"Exe", "MZ\x90\0\x03\0\0\0"sv, "a.txt", "application/x-msdownload"},
        Case{"HtmlCalledTxt", "\n <!DOCTYPE html><title>a</title>"sv, "a.txt", "html"},
        Case{"HtmlFragment", "<p>hola</p>"sv, "a.html", "html"},
        Case{"Xhtml", "<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>"sv,
             "a", "html"},
        Case{"Svg", "<?xml version='1.0'?><!-- <html> --><svg/>"sv, "a.html", "svg"},
        Case{"Csv", "a,b\n1,2\n"sv, "a.csv", "csv"}, Case{"TabbedText", "a\tb\n1\t2\n"sv, "A.TSV", "csv"},
        Case{"HtmlCalledCsv", "<!DOCTYPE html><p>a"sv, "a.csv", "html"},
        Case{"Fb2", "<?xml version='1.0'?>\n<FictionBook xmlns='x'>"sv, "a.xml", "fb2"},
        Case{"FlatOds",
             "<?xml version='1.0'?><office:document xmlns:office='o' "
             "office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">"sv,
             "a.xml", "ods"},
        Case{"Xml", "<?xml version='1.0'?><TEI/>"sv, "a.xml", "xml"},
        Case{"Markdown", "# Hola\n"sv, "README.MD", "markdown"},
        Case{"MarkdownThatBeginsWithHtml", "<div align=center>\n\n# Hola"sv, "README.md", "markdown"},
        Case{"HashInText", "# Hola\n"sv, "a.txt", "text"},
        Case{"NoEnding", "plain words"sv, "README", "text"},
        Case{"Mail", "Received: from a\r\nFrom: a@b\r\nSubject: x\r\n\r\nhola"sv, "a.eml", "eml"},
        Case{"MailByItsName", "From: a@b\nSubject: x\n\nhola"sv, "a.eml", "eml"},
        Case{"Mailbox", "From a@b Tue Jan 17 10:00:00 2023\nFrom: a@b\nSubject: x\n\nhola"sv, "inbox",
             "mbox"},
        Case{"DocBook", "<!DOCTYPE book PUBLIC '-//OASIS//DTD DocBook XML V4.5//EN'><book>"sv, "a.xml",
             "docbook"},
        Case{"Rst", "Title\n====="sv, "README.rst", "rst"},
        Case{"Asciidoc", "= Title"sv, "a.adoc", "asciidoc"},
        Case{"Latex", "\\documentclass{article}"sv, "paper", "latex"},
        Case{"Notebook", "{\"cells\": []}"sv, "a.ipynb", "notebook"},
        Case{"Srt", "1\n00:00:01,000 --> 00:00:02,000\nx"sv, "a.srt", "subtitles"},
        Case{"Vtt", "WEBVTT\n"sv, "a.txt", "subtitles"},
        Case{"Utf16Text", "\xFF\xFEh\0o\0l\0a\0"sv, "a.txt", "text"},
        Case{"Junk", "\0\x01\x02\x03\x04\x05"sv, "a.txt", "application/octet-stream"},
        Case{"ControlCharacters", "ab\x01\x02\x03\x04\x05\x06"sv, "a.txt", "application/octet-stream"}),
    [](const auto& tested) { return tested.param.name; });

TEST(FileTypeOfZip, ComesFromItsMembers) {
  EXPECT_EQ(SniffType(testing::MakeZip(testing::DocxMembers("")), "a.zip"), "docx");
  EXPECT_EQ(SniffType(testing::MakeZip(testing::OdtMembers("")), "a.docx"), "odt");
  EXPECT_EQ(SniffType(testing::MakeZip({{"a.txt", "hola"}}), "a.docx"), "zip");
  EXPECT_EQ(SniffType(testing::MakeZip({{"mimetype", "application/epub+zip"}}), "a.zip"), "epub");
  EXPECT_EQ(SniffType(testing::MakeZip({{"[Content_Types].xml", ""}, {"xl/workbook.xml", ""}}), "a"), "xlsx");
  EXPECT_EQ(SniffType(testing::MakeZip({{"[Content_Types].xml", ""}, {"ppt/presentation.xml", ""}}), "a"),
            "pptx");
  EXPECT_EQ(SniffType(testing::MakeZip({{"[Content_Types].xml", ""}, {"xl/workbook.bin", ""}}), "a"), "xlsb");
  EXPECT_EQ(SniffType(testing::MakeZip({{"[Content_Types].xml", ""}, {"visio/pages/pages.xml", ""}}), "a"),
            "vsdx");
  EXPECT_EQ(SniffType(testing::MakeZip({{"[Content_Types].xml", ""}, {"FixedDocSeq.fdseq", ""}}), "a"),
            "xps");
  for (const auto& [media_type, type] :
       {std::pair{"spreadsheet", "ods"}, std::pair{"spreadsheet-template", "ods"},
        std::pair{"presentation", "odp"}, std::pair{"graphics", "odg"}}) {
    const std::string mimetype = std::string("application/vnd.oasis.opendocument.") + media_type;
    EXPECT_EQ(SniffType(testing::MakeZip({{"mimetype", mimetype}}), "a"), type);
  }
  EXPECT_EQ(SniffType(testing::MakeZip({{"book.fb2", ""}}), "a.fb2.zip"), "fb2");
  EXPECT_EQ(SniffType("PK\x03\x04 and nothing else", "a.docx"), "zip");
}

TEST(FileTypeOfOle, ComesFromItsStreams) {
  const auto sniff = [](const char* stream) { return SniffType(testing::MakeOle({{stream, "x"}}), "a.bin"); };
  EXPECT_EQ(sniff("WordDocument"), "doc");
  EXPECT_EQ(sniff("Workbook"), "xls");
  EXPECT_EQ(sniff("Book"), "xls");
  EXPECT_EQ(sniff("PowerPoint Document"), "ppt");
  EXPECT_EQ(sniff("__properties_version1.0"), "msg");
  EXPECT_EQ(sniff("EncryptedPackage"), "encrypted-office");
  EXPECT_EQ(sniff("VisioDocument"), "application/vnd.visio");
  EXPECT_EQ(sniff("Other"), "application/x-ole-storage");
  // What is attached to a message does not count.
  EXPECT_EQ(
      SniffType(testing::MakeOle({{"__properties_version1.0", ""}, {"__attach/WordDocument", "x"}}), "a"),
      "msg");
}

TEST(NameEnding, IsInLowerCase) {
  EXPECT_EQ(NameEnding("a/b.c/D.TXT"), "txt");
  EXPECT_EQ(NameEnding("a.b/README"), "");
  EXPECT_EQ(NameEnding(".hidden"), "");
}

}  // namespace
}  // namespace quipu::extract
