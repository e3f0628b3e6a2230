// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

Reading Rtf(const std::string& bytes) { return ReadRtf({.bytes = bytes, .name = "a.rtf"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  std::string rtf;  // inside {\rtf1 …}
  const char* body;
};
class RtfText : public ::testing::TestWithParam<Case> {};
TEST_P(RtfText, IsWhatAReaderSees) {
  EXPECT_EQ(Rtf("{\\rtf1\\ansi " + GetParam().rtf + "}").body, GetParam().body);
}
INSTANTIATE_TEST_SUITE_P(
    Table, RtfText,
    ::testing::Values(
        Case{"Paragraphs", R"(one\par two\line three\par)", "one\n\ntwo\nthree"},
        Case{"LineEndsOfTheSource", "one\r\ntwo\\\nthree", "onetwo\n\nthree"},
        Case{"Windows1252", R"(murci\'e9lago \'93x\'94)", "murciélago “x”"},
        Case{"CodePage", R"(\ansicpg1251 \'cf\'f0\'e8\'e2\'e5\'f2)", "Привет"},
        Case{"FontsCharset",
             R"({\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial Cyr;}}\f1 \'e4\'e0{\f0  \'e4}\plain\'e4)",
             "да ää"},
        Case{"DoubleBytes", R"({\fonttbl{\f0\fcharset128 Mincho;}}\f0\'83\'65\'83\'58\'83\'67)", "テスト"},
        Case{"UnicodeWithStandIns", R"(a\u233?b\uc2\u8364xxc\uc0\u233 d)", "aéb€céd"},
        Case{"UnicodePairs", R"(\u-10179?\u-8704?!)", "😀!"},
        Case{"StandInsEndWithTheGroup", R"({\uc3\u233 x}yz)", "éyz"},
        Case{"NamedCharacters", R"(\ldblquote a\rdblquote\emdash b\~c\_d\{\}\\)", "“a”—b c-d{}\\"},
        Case{"HiddenText", R"(a{\v hidden}b\v no\v0 c{\deleted gone})", "abc"},
        Case{"Skipped",
             R"({\pict\wmetafile8 0102030405}{\header x\par}{\*\unknown y}{\stylesheet{\s1 z;}}text)",
             "text"},
        Case{"Binary", "a{\\pict\\bin5 }}{{\\}b", "ab"},
        Case{"Fields", R"({\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt link}} on)", "link on"},
        Case{"UnicodeTwin", R"({\upr{ansi}{\*\ud{caf\u233?}}})", "café"},
        Case{"Table",
             R"(\trowd\cellx1\cellx2\pard\intbl a\cell b\cell\row\pard\intbl c\par d\cell\cell\row\pard end)",
             "a b\nc\nd\n\nend"},
        Case{"Footnote", R"(text{\super 1}{\footnote\pard one\par two} on\par next)",
             "text1 on\n\nnext\n\none\n\ntwo"},
        Case{"ShapeText", R"({\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard box\par}}{\shprslt box}}after)",
             "box\n\nafter"},
        Case{"ListMarks", R"({\listtext\'b7\tab}item\par{\pntext 1.}more)", "item\n\nmore"},
        Case{
            "MailInHtml",
            R"(\fromhtml1 {\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 one{\*\htmltag72 </p>}\htmlrtf \par}\htmlrtf0 {\*\htmltag64 <p>}two)",
            "one\n\ntwo"}),
    [](const auto& tested) { return tested.param.name; });

TEST(RtfReader, MakesSegmentsOfStylesAndOutlineLevels) {
  const Reading reading =
      Rtf(R"({\rtf1{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2\sbasedon1 My own;}{\*\cs3 Strong;}})"
          R"(\pard\s1 One\par\pard text\par\pard\s2 Two\par\pard\outlinelevel0 Three\par\pard\s0 end\par})");
  ASSERT_EQ(reading.segments.size(), 3U);
  EXPECT_EQ(reading.segments[0].heading, "One");
  EXPECT_EQ(reading.segments[1].heading, "Two");
  EXPECT_EQ(reading.segments[2].heading, "Three");
  EXPECT_EQ(reading.body, "One\n\ntext\n\nTwo\n\nThree\n\nend");
}

TEST(RtfReader, ReadsMetadata) {
  const Reading reading = Rtf(
      R"({\rtf1{\info{\title La deuda}{\author Ana Ram\'edrez}{\keywords tierra; agua}{\doccomm Un resumen})"
      R"({\creatim\yr2023\mo1\dy17\hr10\min5}{\revtim\yr2024\mo1\dy1}}x})");
  EXPECT_EQ(reading.title, "La deuda");
  EXPECT_EQ(reading.date, "2023-01-17T10:05:00");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana Ramírez");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "Un resumen");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 2U);
  EXPECT_EQ(reading.body, "x");
}

TEST(RtfReader, SaysThatACutFileIsCut) {
  const Reading reading = Rtf("{\\rtf1 {\\b text");
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body, "text");
  EXPECT_EQ(Rtf("{\\rtf1 text\\bin999999999 x}").state, State::kTruncated);
}

TEST(RtfReader, IsNotDroppedIntoDepths) {
  std::string deep = "{\\rtf1 ";
  for (int i = 0; i < 200000; ++i) deep += '{';
  deep += "bottom";
  for (int i = 0; i < 200000; ++i) deep += '}';
  const Reading reading = Rtf(deep + " top}");
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body, "bottom top");
}

TEST(RtfReader, StopsWhereTheTextIsTooLarge) {
  std::string large = "{\\rtf1 ";
  for (int i = 0; i < 40000; ++i) large += std::string(1000, 'a') + "\\par ";
  EXPECT_EQ(Rtf(large + "}").state, State::kTruncated);
}

}  // namespace
}  // namespace quipu::extract
