// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/text/fold.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "core/text/utf8.h"

namespace quipu::text {
namespace {

struct Example {
  const char* name;
  std::string_view text;
  std::string_view folded;
};

void PrintTo(const Example& each, std::ostream* out) { *out << each.name; }

class Folding : public testing::TestWithParam<Example> {};

TEST_P(Folding, BringsTheTextToItsSearchedForm) { EXPECT_EQ(Fold(GetParam().text), GetParam().folded); }

TEST_P(Folding, ChangesNothingTheSecondTime) {
  const std::string once = Fold(GetParam().text);
  EXPECT_EQ(Fold(once), once);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Folding,
    testing::Values(
        Example{"Empty", "", ""}, Example{"Capitals", "PERÚ", "peru"}, Example{"Composed", "Perú", "peru"},
        Example{"Decomposed", "Peru\u0301", "peru"}, Example{"Tilde", "Niño", "nino"},
        Example{"Ligature", "ﬁn", "fin"}, Example{"FullWidth", "ＡＢＣ１", "abc1"},
        Example{"SharpS", "Straße", "strasse"}, Example{"CapitalSharpS", "STRAẞE", "strasse"},
        Example{"Stroke", "Østergård Łódź Đặng", "ostergard lodz dang"},
        Example{"Ash", "Æsir Œuvre", "aesir oeuvre"}, Example{"ThornAndEth", "Þórður", "thordur"},
        Example{"DotlessI", "ışık", "isik"}, Example{"DottedCapitalI", "İstanbul", "istanbul"},
        Example{"Maltese", "Ħamrun", "hamrun"}, Example{"Vietnamese", "Việt Nam", "viet nam"},
        Example{"GreekTonosAndFinalSigma", "ΛΌΓΟΣ λόγος", "λογοσ λογοσ"},
        Example{"RussianYo", "Ёлка", "елка"}, Example{"RussianShortIIsALetter", "Йод", "йод"},
        Example{"DecomposedShortI", "Ио\u0438\u0306д", "иойд"}, Example{"HebrewPoints", "שָׁלוֹם", "שלום"},
        Example{"ArabicVowels", "كِتَابٌ", "كتاب"}, Example{"ArabicHamza", "أحمد", "احمد"},
        Example{"ArabicTatweel", "كتـــاب", "كتاب"}, Example{"ArabicDigits", "٢٠٢٣", "2023"},
        Example{"HindiVowelSignsStay", "हिन्दी", "हिन्दी"}, Example{"ThaiVowelsStay", "ที่นี่", "ที่นี่"},
        Example{"KanaVoicingStays", "ｶﾞｷﾞ", "ガギ"}, Example{"SoftHyphen", "co\u00ADope", "coope"},
        Example{"ZeroWidthJoiners", "a\u200D\u200Cb", "ab"}, Example{"BidiMarks", "\u200Fab\u202C", "ab"},
        Example{"MalformedByte", "a\xFF", "a\uFFFD"}, Example{"CutOff", "a\xC3", "a\uFFFD"}),
    [](const testing::TestParamInfo<Example>& each) { return std::string(each.param.name); });

TEST(FoldCase, KeepsDiacritics) {
  EXPECT_EQ(FoldCase("NIÑO"), "niño");
  EXPECT_EQ(FoldCase("nin\u0303o"), "niño");
  EXPECT_EQ(FoldCase("STRASSE Straße"), "strasse strasse");
}

TEST(ValidUtf8, ReplacesEachMalformedByte) {
  EXPECT_EQ(ValidUtf8("a\xFF"), "a\uFFFD");
  EXPECT_EQ(ValidUtf8("\xC0\xAF"), "\uFFFD\uFFFD");            // overlong
  EXPECT_EQ(ValidUtf8("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");  // a surrogate
  EXPECT_EQ(ValidUtf8("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(ValidUtf8("ñ€😀"), "ñ€😀");
}

TEST(Fold, IsIdempotentOnEveryCharacterAloneAndAfterALetter) {
  for (char32_t code = 1; code <= 0x10FFFF; ++code) {
    if (code >= 0xD800 && code <= 0xDFFF) continue;
    for (const std::string_view before : {"", "a"}) {
      std::string text(before);
      AppendUtf8(text, code);
      const std::string once = Fold(text);
      ASSERT_EQ(Fold(once), once) << std::hex << static_cast<unsigned>(code);
    }
  }
}

TEST(Fold, IsIdempotentAndValidOnRandomBytesAndCharacters) {
  std::mt19937 random(7);
  for (int round = 0; round < 20000; ++round) {
    std::string text;
    const std::size_t length = random() % 12;
    for (std::size_t i = 0; i < length; ++i) {
      switch (random() % 4) {
        case 0: text += static_cast<char>(random() % 256); break;
        case 1: AppendUtf8(text, 0x300 + static_cast<char32_t>(random() % 0x70)); break;
        case 2: AppendUtf8(text, 0xC0 + static_cast<char32_t>(random() % 0x500)); break;
        default: AppendUtf8(text, static_cast<char32_t>(random() % 0xD800)); break;
      }
    }
    const std::string once = Fold(text);
    ASSERT_EQ(Fold(once), once);
    ASSERT_EQ(ValidUtf8(once), once);
    ASSERT_EQ(StripMarks(FoldCase(text)), once);
  }
}

}  // namespace
}  // namespace quipu::text
