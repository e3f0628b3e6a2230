// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_ole.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::extract {
namespace {

using testing::Le16;
using testing::Le32;
using testing::LeDouble;
using testing::MakeZip;
using testing::Utf16;

constexpr const char* kStyles =
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/></numFmts><cellStyleXfs><xf "
    "numFmtId='9'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf "
    "numFmtId='10'/></cellXfs>"
    "</styleSheet>";

Reading Xlsx(const std::string& rows, const std::string& shared = "", const std::string& sheet = "Ventas") {
  const std::string zip =
      MakeZip({{"[Content_Types].xml", ""},
               {"_rels/.rels",
                "<Relationships><Relationship Id='a' Type='t/officeDocument' Target='xl/workbook.xml'/>"
                "</Relationships>"},
               {"xl/workbook.xml", "<workbook xmlns:r='r'><sheets><sheet name='" + sheet +
                                       "' sheetId='1' r:id='rId1'/></sheets></workbook>"},
               {"xl/_rels/workbook.xml.rels",
                "<Relationships><Relationship Id='rId1' Type='t/worksheet' "
                "Target='worksheets/sheet1.xml'/><Relationship "
                "Id='rId2' Type='t/sharedStrings' Target='sharedStrings.xml'/><Relationship Id='rId3' "
                "Type='t/styles' "
                "Target='styles.xml'/></Relationships>"},
               {"xl/sharedStrings.xml", "<sst>" + shared + "</sst>"},
               {"xl/styles.xml", kStyles},
               {"xl/worksheets/sheet1.xml", "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"}});
  return ReadXlsx({.bytes = zip, .name = "libro_2023.xlsx"});
}

TEST(XlsxReader, ReadsTextsNumbersAndDates) {
  const Reading reading = Xlsx(
      "<row r='1'><c t='s'><v>1</v></c><c t='inlineStr'><is><t>in</t><r><t>line</t></r></is></c><c "
      "t='str'><f>A1"
      "</f><v>text</v></c></row><row r='2'><c><v>1.50</v></c><c s='1'><v>44943</v></c><c "
      "s='2'><v>0.125</v></c><c "
      "t='b'><v>1</v></c><c t='e'><v>#REF!</v></c></row>",
      "<si><t>zero</t></si><si><r><t>sh</t></r><r><t>ared</t></r><rPh><t>yomi</t></rPh></si>");
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "shared inline text\n1.5 2023-01-17 12.50% TRUE");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Ventas");
  EXPECT_EQ(reading.headline, "libro 2023");
}

TEST(XlsxReader, KeepsWithinAbsurdNumbers) {
  EXPECT_EQ(
      Xlsx("<row r='99999999999'><c t='s' s='99999999999'><v>99999999999</v></c><c><v>1e999</v></c><c><v>-1"
           "</v></c></row>")
          .body,
      "1e999 -1");
  const Reading cut = Xlsx("<row><c t='str'><v>kept</v></c></row><row><c");
  EXPECT_EQ(cut.state, State::kTruncated);
  EXPECT_EQ(cut.body, "kept");
}

TEST(XlsxReader, StopsWhereSharedTextsFillTheBody) {
  std::string rows;
  for (int i = 0; i < 40000; ++i) rows += "<row><c t='s'><v>0</v></c></row>";
  EXPECT_EQ(Xlsx(rows, "<si><t>" + std::string(1000, 'a') + "</t></si>").state, State::kTruncated);
}

TEST(XlsxReader, WithoutSheetsFails) {
  const std::string zip = MakeZip({{"[Content_Types].xml", ""}, {"xl/workbook.xml", "<workbook/>"}});
  EXPECT_EQ(ReadXlsx({.bytes = zip, .name = "a.xlsx"}).state, State::kFailed);
}

/// A record of BIFF12; types below 128.
std::string Brt(std::uint8_t type, const std::string& bytes) {
  return std::string(1, static_cast<char>(type)) + static_cast<char>(bytes.size()) + bytes;
}

std::string WideText(std::u16string_view text) {
  return Le32(static_cast<std::uint32_t>(text.size())) + Utf16(text);
}

TEST(XlsbReader, ReadsTextsNumbersAndDates) {
  const auto cell = [](std::uint32_t column, std::uint32_t style) { return Le32(column) + Le32(style); };
  const std::string sheet = "\x9C\x01";  // type 156
  const std::string name = Le32(0) + Le32(1) + WideText(u"rId1") + WideText(u"Datos");
  const std::string styles = "\xE9\x04" + std::string(1, '\0') + Brt(47, Le16(0) + Le16(0)) +
                             Brt(47, Le16(0) + Le16(14)) + "\xEA\x04" + std::string(1, '\0');
  const std::string zip = MakeZip(
      {{"[Content_Types].xml", ""},
       {"xl/workbook.bin", sheet + static_cast<char>(name.size()) + name},
       {"xl/_rels/workbook.bin.rels",
        "<Relationships><Relationship Id='rId1' Type='t/worksheet' Target='s.bin'/><Relationship Id='rId2' "
        "Type='t/sharedStrings' Target='t.bin'/><Relationship Id='rId3' Type='t/styles' "
        "Target='y.bin'/></Relationships>"},
       {"xl/t.bin", Brt(19, std::string(1, '\0') + WideText(u"año"))},
       {"xl/y.bin", styles},
       {"xl/s.bin", Brt(0, Le32(0)) + Brt(7, cell(0, 0) + Le32(0)) + Brt(6, cell(1, 0) + WideText(u"own")) +
                        Brt(0, Le32(1)) + Brt(5, cell(0, 1) + LeDouble(44943)) +
                        Brt(2, cell(1, 0) + Le32(30)) + Brt(4, cell(2, 0) + '\1') +
                        Brt(7, cell(3, 0) + Le32(99)) + '\x05' + '\x70'}});
  const Reading reading = ReadXlsb({.bytes = zip, .name = "a.xlsb"});
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "año own\n2023-01-17 7 TRUE");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Datos");
}

TEST(XlsbReader, ReadsTheLayoutOfTheFirstExcelThatWroteSuchFiles) {
  const std::string name = std::string(12, '\0') + WideText(u"r") + WideText(u"Uno");
  const std::string zip =
      MakeZip({{"xl/workbook.bin", "\x9C\x01" + std::string(1, static_cast<char>(name.size())) + name},
               {"xl/_rels/workbook.bin.rels",
                "<Relationships><Relationship Id='r' Type='t/worksheet' Target='s.bin'/></Relationships>"},
               {"xl/s.bin", Brt(6, std::string(8, '\0') + WideText(u"text"))}});
  EXPECT_EQ(ReadXlsb({.bytes = zip, .name = "a.xlsb"}).body, "text");
}

Reading Ods(const std::string& body) {
  const std::string zip =
      MakeZip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
               {"content.xml",
                "<office:document-content xmlns:office='o' xmlns:table='t' "
                "xmlns:text='x'><office:body><office:spreadsheet>" +
                    body + "</office:spreadsheet></office:body></office:document-content>"}});
  return ReadOds({.bytes = zip, .name = "a.ods"});
}

TEST(OdsReader, ReadsCellsAsShownAndRepeatedOnesOnce) {
  const Reading reading =
      Ods("<table:table table:name='Datos'><table:table-row "
          "table:number-rows-repeated='1048576'><table:table-cell "
          "table:number-columns-repeated='16384'><text:p>again</text:p></"
          "table:table-cell><table:table-cell><text:p>two"
          "</text:p><text:p>lines</text:p><office:annotation><text:p>comment</text:p></office:annotation>"
          "</table:table-cell></table:table-row><table:table-row><table:table-cell/"
          "><table:table-cell><text:p>12,5 %"
          "</text:p></table:table-cell></table:table-row></table:table><table:table "
          "table:name='Hoja2'><table:table-row>"
          "<table:table-cell><text:p>other</text:p></table:table-cell></table:table-row></table:table>");
  EXPECT_EQ(reading.body, "again two lines\n12,5 %\n\nother");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "Datos");
  EXPECT_EQ(reading.segments[1].heading, "");
}

TEST(FlatOpenDocument, IsReadLikeTheZippedOne) {
  const std::string flat =
      "<?xml version='1.0'?><office:document xmlns:office='o' xmlns:text='t' xmlns:dc='d' "
      "office:mimetype='application/vnd.oasis.opendocument.text'><office:meta><dc:title>Plano</dc:title></"
      "office:meta>"
      "<office:body><office:text><text:h>Uno</text:h><text:p>text</text:p></office:text></office:body>"
      "</office:document>";
  const Reading reading = ReadOdt({.bytes = flat, .name = "a.fodt"});
  EXPECT_EQ(reading.title, "Plano");
  EXPECT_EQ(reading.body, "Uno\n\ntext");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(ReadOdt({.bytes = flat.substr(0, flat.find("<office:body>")), .name = "a.fodt"}).state,
            State::kFailed);
}

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string csv;
  const char* body;
};
class CsvText : public ::testing::TestWithParam<Case> {};
TEST_P(CsvText, HasALineForEachRecord) {
  EXPECT_EQ(ReadCsv({.bytes = GetParam().csv, .name = "a.csv"}).body, GetParam().body);
}
INSTANTIATE_TEST_SUITE_P(
    Table, CsvText,
    ::testing::Values(Case{"Commas", "a,b\n1,2\n", "a b\n1 2"},
                      Case{"Semicolons", "a;b,c\n1,5;2\n", "a b,c\n1,5 2"},
                      Case{"Tabs", "a\tb c\r\n1\t2\r\n", "a b c\n1 2"}, Case{"Bars", "a|b\n1|2", "a b\n1 2"},
                      Case{"SaidByExcel", "sep=;\na;b\n", "a b"},
                      Case{"Quotes", "\"a, \"\"b\"\"\",\"c\nd\"\ne,f\n", "a, \"b\" c d\ne f"},
                      Case{"QuoteLeftOpen", "a,\"b\nc,d\n", "a \"b\nc d"},
                      Case{"Latin1", "informaci\xF3n,a\xF1o,tama\xF1o\n", "información año tamaño"},
                      Case{"Utf16",
                           std::string("\xFF\xFE"
                                       "a\0,\0b\0",
                                       8),
                           "a b"},
                      Case{"OneColumn", "name\nAna\nLuis\n", "name\nAna\nLuis"}, Case{"Empty", "\n\n", ""}),
    [](const auto& tested) { return tested.param.name; });

TEST(CsvReader, IsCalledWhatStandsAloneOnTop) {
  const std::string titled = "Ventas del año\na,b\n1,2\n3,4\n";
  EXPECT_EQ(ReadCsv({.bytes = titled, .name = "x.csv"}).headline, "Ventas del año");
  EXPECT_EQ(ReadCsv({.bytes = "a,b\n1,2\n", .name = "ventas_2023.csv"}).headline, "ventas 2023");
}

}  // namespace
}  // namespace quipu::extract
