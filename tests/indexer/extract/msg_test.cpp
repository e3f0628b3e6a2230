// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/compressed_rtf.h"
#include "indexer/extract/format.h"
#include "tests/indexer/extract/collected_members.h"
#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract {
namespace {

using testing::kSampleFileTime;
using testing::Le32;
using testing::Le64;
using testing::MakeOle;
using testing::Utf16;

using Streams = std::vector<std::pair<std::string, std::string>>;

Reading Msg(const Streams& streams) {
  const std::string bytes = MakeOle(streams);
  return ReadMsg({.bytes = bytes, .name = "a.msg"});
}

/// The fixed properties of a message: when it was sent, its code page.
std::string Fixed(std::uint32_t code_page = 1251) {
  return std::string(32, '\0') + Le32(0x00390040) + Le32(6) + Le64(kSampleFileTime) + Le32(0x3FFD0003) +
         Le32(6) + Le64(code_page);
}

/// Text kept uncompressed, as some programs do.
std::string Uncompressed(const std::string& rtf) {
  return Le32(static_cast<std::uint32_t>(rtf.size() + 12)) + Le32(static_cast<std::uint32_t>(rtf.size())) +
         Le32(0x414C454D) + Le32(0) + rtf;
}

TEST(MsgReader, ReadsSubjectPeopleDateAndText) {
  const Reading reading = Msg({{"__properties_version1.0", Fixed()},
                               {"__substg1.0_0037001F", Utf16(u"Reunión")},
                               {"__substg1.0_0C1A001F", Utf16(u"Ana")},
                               {"__substg1.0_5D01001F", Utf16(u"ana@example.org")},
                               {"__substg1.0_0E04001F", Utf16(u"Luis; Doe, Jane")},
                               {"__substg1.0_1000001F", Utf16(u"Hola,\r\n\r\nmañana a las diez.")}});
  EXPECT_EQ(reading.title, "Reunión");
  EXPECT_EQ(reading.date, "2023-01-17T10:00:00Z");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("from")), "Ana <ana@example.org>");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("to")),
            (std::vector<schema::Scalar>{std::string("Luis"), std::string("Doe, Jane")}));
  EXPECT_EQ(reading.body, "Hola,\n\nmañana a las diez.");
}

TEST(MsgReader, ReadsBytesInTheMessagesCodePage) {
  const Reading reading = Msg({{"__properties_version1.0", Fixed()},
                               {"__substg1.0_0037001E", "\xCF\xF0\xE8\xE2\xE5\xF2"},
                               {"__substg1.0_1000001E", "\xEC\xE8\xF0"}});
  EXPECT_EQ(reading.title, "Привет");
  EXPECT_EQ(reading.body, "мир");
}

TEST(MsgReader, FallsBackToHtmlAndThenToRtf) {
  EXPECT_EQ(Msg({{"__properties_version1.0", Fixed()},
                 {"__substg1.0_10130102", "<html><body><p>one<p>two</body></html>"}})
                .body,
            "one\n\ntwo");
  EXPECT_EQ(
      Msg({{"__properties_version1.0", Fixed()}, {"__substg1.0_10090102", Uncompressed("{\\rtf1 from rtf}")}})
          .body,
      "from rtf");
}

TEST(MsgReader, NamesAttachments) {
  const Reading reading =
      Msg({{"__properties_version1.0", Fixed()},
           {"__substg1.0_1000001F", Utf16(u"see it")},
           {"__attach_version1.0_#00000001/__substg1.0_3704001F", Utf16(u"B.PDF")},
           {"__attach_version1.0_#00000000/__substg1.0_3707001F", Utf16(u"plan año.docx")},
           {"__attach_version1.0_#00000000/__substg1.0_3704001F", Utf16(u"PLAN~1.DOC")}});
  EXPECT_EQ(reading.body, "see it\n\nplan año.docx\nB.PDF");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("attachments")).size(), 2U);
}

TEST(MsgReader, GivesAttachmentsAsMembers) {
  const std::string bytes =
      MakeOle({{"__properties_version1.0", Fixed()},
               {"__substg1.0_1000001F", Utf16(u"see it")},
               {"__attach_version1.0_#00000000/__substg1.0_3707001F", Utf16(u"plan/año.txt")},
               {"__attach_version1.0_#00000000/__substg1.0_37010102", "the words of the plan"}});
  const auto read = testing::ExtractWithMembers(bytes, "a.msg");
  EXPECT_EQ(read.file.document.type, "msg");
  ASSERT_TRUE(read.members.contains("plan_año.txt"));
  EXPECT_EQ(read.members.at("plan_año.txt").document.body, "the words of the plan");
}

TEST(MsgReader, OfAMessageThatIsOnlyItsSubjectKeepsIt) {
  EXPECT_EQ(Msg({{"__properties_version1.0", Fixed()}, {"__substg1.0_0037001F", Utf16(u"Call me")}}).body,
            "Call me");
  EXPECT_EQ(Msg({{"WordDocument", "x"}}).state, State::kFailed);
}

TEST(CompressedRtf, UnpacksTheExampleOfTheSpecification) {
  const std::string packed(
      "\x2d\x00\x00\x00\x2b\x00\x00\x00\x4c\x5a\x46\x75\xf1\xc5\xc7\xa7\x03\x00\x0a\x00\x72\x63\x70\x67\x31"
      "\x32\x35"
      "\x42\x32\x0a\xf3\x20\x68\x65\x6c\x09\x00\x20\x62\x77\x05\xb0\x6c\x64\x7d\x0a\x80\x0f\xa0",
      49);
  EXPECT_EQ(DecompressRtf(packed), "{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n");
  for (std::size_t size = 0; size < packed.size(); ++size)
    EXPECT_LE(DecompressRtf(std::string_view(packed).substr(0, size)).size(), 43U);
}

TEST(CompressedRtf, IsBoundedAndRefusesOtherBytes) {
  const std::string bomb = std::string(8, '\0') + Le32(0x75465A4C) + Le32(0) + std::string(10000, '\xFF');
  EXPECT_LE(DecompressRtf(bomb, 1000).size(), 1020U);
  EXPECT_EQ(DecompressRtf("nothing of the kind"), "");
}

}  // namespace
}  // namespace quipu::extract
