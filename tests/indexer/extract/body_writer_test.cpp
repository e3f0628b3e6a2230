// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/body_writer.h"

#include <gtest/gtest.h>

namespace quipu::extract {
namespace {

TEST(BodyWriter, CollapsesWhiteSpaceOfRunningText) {
  BodyWriter writer;
  writer.Text("  one \n\t two");
  writer.Text("three ");
  writer.Text(" four ");
  EXPECT_EQ(writer.body(), "one twothree four");
}

TEST(BodyWriter, SeparatesParagraphsByOneEmptyLine) {
  BodyWriter writer;
  writer.Paragraph();
  writer.Text("one");
  writer.LineBreak();
  writer.Paragraph();
  writer.Space();
  writer.Text("two");
  writer.LineBreak();
  writer.Text("three");
  writer.Paragraph();
  EXPECT_EQ(writer.body(), "one\n\ntwo\nthree");
}

TEST(BodyWriter, KeepsLinesAndIndentationOfVerbatimText) {
  BodyWriter writer;
  writer.Verbatim("if (a)  \r\n  b();\n\n\n\n\tc();   ");
  EXPECT_EQ(writer.body(), "if (a)\n  b();\n\n\tc();");
}

TEST(BodyWriter, DropsWhatNoTextHolds) {
  BodyWriter writer;
  writer.Text(
      std::string_view("a\0b\x01"
                       "c\xEF\xBB\xBF"
                       "d\xFF",
                       10));
  EXPECT_EQ(writer.body(), "abcd\xEF\xBF\xBD");
}

TEST(BodyWriter, KeepsLigaturesAndSoftHyphens) {
  BodyWriter writer;
  writer.Text("ﬁn co\xC2\xADoperation");
  EXPECT_EQ(writer.body(), "ﬁn co\xC2\xADoperation");
}

TEST(BodyWriter, BeginsSegmentsAtTheByteOfTheirText) {
  BodyWriter writer;
  writer.Text("añb");
  writer.Paragraph();
  writer.BeginSegment({.page = 2});
  writer.Text("  second");
  writer.BeginSegment({.page = 3});
  writer.BeginSegment({.page = 4});
  writer.Paragraph();
  writer.Text("fourth");
  writer.BeginSegment({.page = 5});
  const std::string body = writer.TakeBody();
  const std::vector<schema::Segment> segments = writer.TakeSegments();
  ASSERT_EQ(segments.size(), 2U);
  EXPECT_EQ(segments[0].page, 2U);
  EXPECT_EQ(body.substr(segments[0].begin), "second\n\nfourth");
  EXPECT_EQ(segments[1].page, 4U);
  EXPECT_EQ(body.substr(segments[1].begin), "fourth");
}

TEST(BodyWriter, IsBoundedAndEndsInAWholeCharacter) {
  BodyWriter writer(10);
  for (int i = 0; i < 20; ++i) writer.Text("ñ");
  EXPECT_TRUE(writer.full());
  EXPECT_LE(writer.body().size(), 10U);
  EXPECT_EQ(writer.body().size() % 2, 0U);
  BodyWriter one_word(10000);
  one_word.Text(std::string(20000, 'a'));
  EXPECT_TRUE(one_word.full());
  EXPECT_GT(one_word.body().size(), 4000U);
  BodyWriter small(100);
  small.Text("fits");
  EXPECT_FALSE(small.full());
}

}  // namespace
}  // namespace quipu::extract
