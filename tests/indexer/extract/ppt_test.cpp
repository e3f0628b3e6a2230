// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "tests/indexer/extract/sample_ppt.h"

namespace quipu::extract {
namespace {

using testing::Le32;
using testing::MakeOle;
using testing::MakePpt;
using testing::PptAtom;
using testing::PptContainer;
using testing::PptText;
using testing::Utf16;

Reading Ppt(const std::string& bytes) { return ReadPpt({.bytes = bytes, .name = "a.ppt"}); }

TEST(PptReader, ReadsSlidesInOrderWithTheirTitlesAndNotes) {
  const std::string wide = PptAtom(3999, Le32(1)) + PptAtom(4000, Utf16(u"quipu ñ\rsecond\vline"));
  const Reading reading =
      Ppt(MakePpt({{"", PptText(0, "First") + wide}, {"", PptText(6, "Second") + PptText(1, "text \x97 *")}},
                  PptText(2, "remember") + PptText(4, "*")));
  EXPECT_EQ(reading.body, "First\n\nquipu ñ\n\nsecond\nline\n\nremember\n\nSecond\n\ntext — *");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[0].heading, "First");
  EXPECT_EQ(reading.segments[1].heading, "Second");
}

TEST(PptReader, TakesTextFromTheOutlineWhereTheSlideRefersToIt) {
  const std::string outline = PptText(0, "Title") + PptText(1, "body");
  const Reading reading =
      Ppt(MakePpt({{outline, PptAtom(3998, Le32(0)) + PptText(4, "box") + PptAtom(3998, Le32(1))},
                   {PptText(0, "Only outline"), ""}}));
  EXPECT_EQ(reading.body, "Title\n\nbox\n\nbody\n\nOnly outline");
  ASSERT_EQ(reading.segments.size(), 2U);
  EXPECT_EQ(reading.segments[1].heading, "Only outline");
}

TEST(PptReader, FindsSlidesWithoutTheDirectory) {
  const std::string stream = PptContainer(1006, PptText(0, "One")) + PptContainer(1006, PptText(0, "Two"));
  EXPECT_EQ(Ppt(MakeOle({{"PowerPoint Document", stream}})).body, "One\n\nTwo");
}

TEST(PptReader, KnowsEncryptedFiles) {
  const std::string user = std::string(8, '\0') + Le32(20) + Le32(0xF3D1C4DF) + Le32(0);
  EXPECT_EQ(Ppt(MakeOle({{"PowerPoint Document", std::string(64, 'x')}, {"Current User", user}})).state,
            State::kEncrypted);
}

TEST(PptReader, EndsAtLoopsAndDepths) {
  // An edit that points back to itself.
  const std::string edit = PptAtom(4085, Le32(0) + Le32(0) + Le32(8) + Le32(8) + Le32(1) + Le32(0) + Le32(0));
  const std::string user = std::string(8, '\0') + Le32(20) + Le32(0xE391C05F) + Le32(8);
  EXPECT_EQ(Ppt(MakeOle({{"PowerPoint Document", std::string(8, '\0') + edit}, {"Current User", user}})).body,
            "");
  std::string deep = PptText(0, "deep");
  for (int i = 0; i < 500; ++i) deep = PptContainer(0xF003, deep);
  EXPECT_EQ(Ppt(MakeOle({{"PowerPoint Document", PptContainer(1006, deep)}})).body, "");
  EXPECT_EQ(Ppt(MakeOle({{"PowerPoint Document", "x"}})).state, State::kFailed);
}

}  // namespace
}  // namespace quipu::extract
