// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_biff.h"

namespace quipu::extract {
namespace {

using testing::Biff;
using testing::BiffBegin;
using testing::BiffCell;
using testing::BiffEnd;
using testing::Le16;
using testing::Le32;
using testing::LeDouble;
using testing::MakeOle;
using testing::MakeXls;
using testing::Utf16;

Reading Xls(const std::string& bytes) { return ReadXls({.bytes = bytes, .name = "libro.xls"}); }

std::string Label(std::uint16_t row, std::uint16_t column, const std::string& text) {
  return Biff(0x204, BiffCell(row, column) + Le16(static_cast<std::uint16_t>(text.size())) + '\0' + text);
}

TEST(XlsReader, ReadsTextsNumbersAndFormulas) {
  const std::string shared =
      Biff(0xFC, Le32(2) + Le32(2) + Le16(4) + '\1' + Utf16(u"año ") + Le16(3) + '\0' + "uno");
  const std::string cells =
      Biff(0xFD, BiffCell(0, 0) + Le32(0)) + Label(0, 1, "label") +
      Biff(0x203, BiffCell(1, 0) + LeDouble(3.5)) + Biff(0x27E, BiffCell(1, 1) + Le32((42U << 2) | 2)) +
      Biff(0xBD,
           Le16(2) + Le16(0) + Le16(0) + Le32((7U << 2) | 2) + Le16(0) + Le32((150U << 2) | 3) + Le16(1)) +
      Biff(0x06, BiffCell(3, 0) + LeDouble(12) + std::string(8, '\0')) +
      Biff(0x06, BiffCell(3, 1) + std::string(6, '\0') + Le16(0xFFFF) + std::string(8, '\0')) +
      Biff(0x207, Le16(6) + '\0' + "result") + Biff(0x205, BiffCell(4, 0) + "\1" + std::string(1, '\0'));
  const Reading reading = Xls(MakeXls(shared, cells));
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "año label\n3.5 42\n7 1.5\n12 result\nTRUE");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Cuentas");
}

TEST(XlsReader, ShowsNumbersAsTheirFormatsDo) {
  const std::string formats = Biff(0x41E, Le16(164) + Le16(10) + '\0' + "dd/mm/yyyy") +
                              Biff(0xE0, Le16(0) + Le16(0)) + Biff(0xE0, Le16(0) + Le16(164)) +
                              Biff(0xE0, Le16(0) + Le16(10)) + Biff(0xE0, Le16(0) + Le16(22));
  const std::string cells =
      Biff(0x203, BiffCell(0, 0, 0) + LeDouble(44943)) + Biff(0x203, BiffCell(0, 1, 1) + LeDouble(44943)) +
      Biff(0x203, BiffCell(0, 2, 2) + LeDouble(0.125)) + Biff(0x203, BiffCell(0, 3, 3) + LeDouble(44943.5));
  EXPECT_EQ(Xls(MakeXls(formats, cells)).body, "44943 2023-01-17 12.50% 2023-01-17 12:00");
}

TEST(XlsReader, FollowsSharedTextsIntoTheirContinuations) {
  // The text is cut after three characters; the second part is of two bytes a character.
  const std::string shared =
      Biff(0xFC, Le32(2) + Le32(2) + Le16(5) + '\0' + "abc") +
      Biff(0x3C, '\1' + Utf16(u"dé") + Le16(2) + '\x08' + Le16(1) + "xy" + std::string(4, 'r'));
  const std::string cells = Biff(0xFD, BiffCell(0, 0) + Le32(0)) + Biff(0xFD, BiffCell(0, 1) + Le32(1)) +
                            Biff(0xFD, BiffCell(0, 2) + Le32(99));
  EXPECT_EQ(Xls(MakeXls(shared, cells)).body, "abcdé xy");
}

TEST(XlsReader, ReadsExcel95InItsCodePage) {
  const std::string stream = BiffBegin(0x500, 5) + Biff(0x42, Le16(1251)) +
                             Biff(0x85, std::string(6, '\0') + '\4' + "\xD2\xE5\xF1\xF2") + BiffEnd() +
                             BiffBegin(0x500, 0x10) + Biff(0x204, BiffCell(0, 0) + Le16(3) + "\xEC\xE8\xF0") +
                             BiffEnd();
  const Reading reading = Xls(MakeOle({{"Book", stream}}));
  EXPECT_EQ(reading.body, "мир");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "Тест");
}

TEST(XlsReader, ReadsTextBoxes) {
  const std::string box = Biff(0x1B6, std::string(10, '\0') + Le16(3) + std::string(6, '\0')) +
                          Biff(0x3C, std::string(1, '\0') + "box") + Biff(0x3C, std::string(16, '\0'));
  EXPECT_EQ(Xls(MakeXls("", Label(0, 0, "a") + box + Label(1, 0, "b"))).body, "a\n\nbox\n\nb");
}

TEST(XlsReader, LeavesNamesThatProgramsGaveOut) {
  const Reading reading = Xls(MakeXls("", Label(0, 0, "Ventas de mayo") + Label(1, 0, "x"), "Hoja1"));
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].heading, "");
  EXPECT_EQ(reading.headline, "Ventas de mayo");
  EXPECT_EQ(Xls(MakeXls("", Label(0, 0, "name") + Label(0, 1, "sum"))).headline, "libro");
}

TEST(XlsReader, KnowsEncryptedFiles) {
  EXPECT_EQ(Xls(MakeXls(Biff(0x2F, Le16(1)), "")).state, State::kEncrypted);
}

TEST(XlsReader, KeepsWithinAbsurdNumbers) {
  const std::string shared = Biff(0xFC, Le32(0xFFFFFFFF) + Le32(0xFFFFFFFF) + Le16(0xFFFF) + '\x0D' +
                                            Le16(0xFFFF) + Le32(0xFFFFFFFF) + "rest");
  EXPECT_LE(Xls(MakeXls(shared, Biff(0xFD, BiffCell(0, 0) + Le32(0)))).body.size(), 16U);
  EXPECT_EQ(Xls(MakeOle({{"Workbook", "short"}})).state, State::kFailed);
  const std::string cut = BiffBegin(0x600, 0x10) + Label(0, 0, "a") + Le16(0x204) + Le16(9999) + "x";
  EXPECT_EQ(Xls(MakeOle({{"Workbook", cut}})).body, "a");
}

}  // namespace
}  // namespace quipu::extract
