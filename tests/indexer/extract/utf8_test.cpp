// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/utf8.h"

#include <gtest/gtest.h>

namespace quipu::extract {
namespace {

TEST(Utf8, KnowsMalformedBytes) {
  for (const char* bad : {"\xC0\xAF", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "a\x80",
                          "\xE2\x82", "\xC3"}) {
    EXPECT_FALSE(IsValidUtf8(bad)) << bad;
  }
  for (const char* good : {"", "plain", "acusación", "日本語", "🙂", "\xF4\x8F\xBF\xBF"})
    EXPECT_TRUE(IsValidUtf8(good)) << good;
}

TEST(Utf8, StepsOverFaultsAndGoesOn) {
  const std::string_view text = "a\xE2\x82z";
  const CodePoint fault = DecodeUtf8(text, 1);
  EXPECT_FALSE(fault.valid);
  EXPECT_EQ(fault.value, 0xFFFDU);
  EXPECT_EQ(fault.size, 2U);
  EXPECT_EQ(DecodeUtf8(text, 3).value, U'z');
}

TEST(Utf8, WritesWhatItReads) {
  for (const char32_t c : {U'a', U'ñ', U'€', U'🙂'}) {
    std::string text;
    AppendUtf8(text, c);
    EXPECT_EQ(DecodeUtf8(text, 0).value, c);
    EXPECT_EQ(DecodeUtf8(text, 0).size, text.size());
  }
  std::string surrogate;
  AppendUtf8(surrogate, 0xD800);
  EXPECT_EQ(surrogate, "\xEF\xBF\xBD");
}

TEST(Utf8, NeverCutsInsideACharacter) {
  EXPECT_EQ(ClipUtf8("añb", 2), "a");
  EXPECT_EQ(ClipUtf8("añb", 3), "añ");
  EXPECT_EQ(ClipUtf8("añb", 9), "añb");
}

TEST(Utf8, MakesOneTidyLine) {
  EXPECT_EQ(TidyLine("  a\t\n\r b\xC2\xA0 c\x01 ", 100), "a b c");
  EXPECT_EQ(TidyLine("abc\xE2\x80\xAEtxt", 100), "abctxt");
  EXPECT_EQ(TidyLine("ññññ", 5), "ññ");
  EXPECT_EQ(TidyLine("a\xFF", 100), "a\xEF\xBF\xBD");
}

}  // namespace
}  // namespace quipu::extract
