// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/code_page.h"

#include <gtest/gtest.h>

namespace quipu::extract {
namespace {

TEST(CodePages, DecodeWhatWindowsNumbered) {
  CodePages pages;
  EXPECT_EQ(pages.Decode(1252, "\x80 \xE9"), "€ é");
  EXPECT_EQ(pages.Decode(1251, "\xEC\xE8\xF0"), "мир");
  EXPECT_EQ(pages.Decode(932, "\x83\x65"), "テ");
  EXPECT_EQ(pages.Decode(10000, "\x8E"), "é");
  EXPECT_EQ(pages.Decode(65001, "é"), "é");
  EXPECT_EQ(pages.Decode(1200, std::string_view("h\0i\0", 4)), "hi");
  EXPECT_EQ(pages.Decode(4711, "\xE9"), "é");
  EXPECT_EQ(pages.Decode(932, "\x83"), "\xEF\xBF\xBD");
}

TEST(Utf16, BecomesUtf8WithItsPairs) {
  EXPECT_EQ(FromUtf16(std::string_view("\x3D\xD8\x00\xDE!\0", 6)), "😀!");
  EXPECT_EQ(FromUtf16(std::string_view("\x3D\xD8!\0x", 5)), "\xEF\xBF\xBD!");
}

}  // namespace
}  // namespace quipu::extract
