// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "indexer/extract/format.h"
#include "indexer/extract/xmp.h"
#include "tests/indexer/extract/sample_pdf.h"

namespace quipu::extract {
namespace {

using testing::MakePdf;

Reading Read(const std::string& pdf) { return ReadPdf({.bytes = pdf, .name = "a.pdf"}); }

std::string Data(const std::string& name) {
  const std::ifstream file(std::string(QUIPU_TEST_DATA) + "/" + name, std::ios::binary);
  std::ostringstream bytes;
  bytes << file.rdbuf();
  EXPECT_FALSE(bytes.str().empty()) << name;
  return bytes.str();
}

TEST(Pdf, MakesASegmentOfEachPageWithText) {
  const Reading reading =
      Read(MakePdf({.pages = {{{.text = "Page the first"}}, {}, {{.text = "Page the third"}}}, .info = ""}));
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.body, "Page the first\n\nPage the third");
  EXPECT_EQ(reading.segments[0].page, 1U);
  EXPECT_EQ(reading.segments[1].page, 3U);
  EXPECT_EQ(reading.body.substr(reading.segments[1].begin), "Page the third");
}

TEST(Pdf, ReadsItsInformation) {
  const Reading reading = Read(MakePdf(
      {.pages = {{{.text = "words"}}},
       .info = "/Title (La deuda) /Author (Ana Quispe) /Subject (Un resumen) /Keywords (tierra; agua) "
               "/CreationDate (D:20230117103000-05'00')"}));
  EXPECT_EQ(reading.title, "La deuda");
  EXPECT_EQ(reading.date, "D:20230117103000-05'00'");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana Quispe");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "Un resumen");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 2U);
}

TEST(Pdf, KnowsAHeadlineByItsSize) {
  const Reading reading =
      Read(MakePdf({.pages = {{{.text = "Working paper 12", .size = 10, .y = 760},
                               {.text = "Land and water in the valley", .size = 24, .y = 700},
                               {.text = "The valley has been farmed for a long time by many people.",
                                .size = 10,
                                .y = 600}}},
                    .info = ""}));
  EXPECT_EQ(reading.headline, "Land and water in the valley");
  EXPECT_EQ(Read(MakePdf({.pages = {{{.text = "All of one size", .size = 12}}}, .info = ""})).headline, "");
}

TEST(Pdf, WithoutATextLayerNeedsOcr) {
  const Reading reading = Read(MakePdf({.pages = {{}, {}}, .info = ""}));
  EXPECT_EQ(reading.state, State::kEmpty);
  EXPECT_EQ(reading.reason, "no text layer: needs OCR (`ocr = true` on its source)");
}

TEST(Pdf, OfDigitsAloneHasText) {
  const Reading reading = Read(MakePdf({.pages = {{{.text = "2023 14.50"}}}, .info = ""}));
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "2023 14.50");
  EXPECT_EQ(Read(MakePdf({.pages = {{{.text = "- . -"}}}, .info = ""})).state, State::kEmpty);
}

TEST(Pdf, WithAPasswordIsEncryptedUnlessItIsEmpty) {
  EXPECT_EQ(Read(Data("password.pdf")).state, State::kEncrypted);
  const Reading open = Read(Data("empty_password.pdf"));
  EXPECT_EQ(open.state, State::kIndexed);
  EXPECT_EQ(open.body, "Protected against editing only");
}

TEST(Pdf, ThatIsDamagedFailsOrGivesWhatIsLeft) {
  const std::string pdf = MakePdf({.pages = {{{.text = "words"}}}, .info = ""});
  EXPECT_EQ(Read(pdf.substr(0, 40)).state, State::kFailed);
  // A broken cross-reference table is rebuilt.
  std::string broken = pdf;
  broken.replace(pdf.find("xref"), 4, "xxxx");
  EXPECT_EQ(Read(broken).body, "words");
}

TEST(Pdf, OutOfTimeGivesThePagesReadSoFar) {
  const std::string pdf = MakePdf({.pages = {{{.text = "words"}}, {{.text = "more"}}}, .info = ""});
  FileContent file{.bytes = pdf, .name = "a.pdf"};
  file.deadline = std::chrono::steady_clock::now() - std::chrono::seconds(1);
  const Reading reading = ReadPdf(file);
  EXPECT_NE(reading.state, State::kIndexed);
}

TEST(Xmp, IsReadFromElementsAndAttributes) {
  const XmpMetadata xmp = ParseXmp(
      "<?xpacket begin='' id='W5M0'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF "
      "xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
      "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:xmp='http://ns.adobe.com/xap/1.0/' "
      "xmp:CreateDate='2023-01-17'>"
      "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>La deuda</rdf:li></rdf:Alt></dc:title>"
      "<dc:creator><rdf:Seq><rdf:li>Ana</rdf:li><rdf:li>Luz</rdf:li></rdf:Seq></dc:creator>"
      "<dc:language><rdf:Bag><rdf:li>es</rdf:li></rdf:Bag></dc:language></rdf:Description></rdf:RDF></"
      "x:xmpmeta>");
  EXPECT_EQ(xmp.title, "La deuda");
  EXPECT_EQ(xmp.date, "2023-01-17");
  EXPECT_EQ(xmp.language, "es");
  EXPECT_EQ(xmp.authors, (std::vector<std::string>{"Ana", "Luz"}));
  EXPECT_EQ(ParseXmp("no xml at all").title, "");
}

}  // namespace
}  // namespace quipu::extract
