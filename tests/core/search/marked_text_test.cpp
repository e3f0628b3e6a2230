// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/marked_text.h"

#include <gtest/gtest.h>

#include <vector>

namespace quipu::search {
namespace {

FoundWord At(std::uint32_t begin, std::uint32_t end) {
  return {.begin = begin, .end = end, .position = 0, .word = 0};
}

TEST(MarkedText, OnlyTheMarkIsMarkup) {
  const std::vector<FoundWord> found = {At(3, 6)};
  EXPECT_EQ(MarkText("<b>tea</b> & \"x\" 'y'", 0, 20, found),
            "&lt;b&gt;<mark>tea</mark>&lt;/b&gt; &amp; &quot;x&quot; &#39;y&#39;");
}

TEST(MarkedText, OverlappingWordsShareOneMark) {
  const std::vector<FoundWord> found = {At(0, 6), At(3, 9), At(10, 11)};
  EXPECT_EQ(MarkText("東京都 x", 0, 11, found), "<mark>東京都</mark> <mark>x</mark>");
}

TEST(MarkedText, WordsOutsideTheRangeStayUnmarked) {
  const std::vector<FoundWord> found = {At(0, 3), At(4, 7), At(8, 11)};
  EXPECT_EQ(MarkText("tea tea tea", 4, 9, found), "<mark>tea</mark> t");
}

TEST(MarkedText, WhiteSpaceAndControlsBecomeOneSpaceAndSoftHyphensGo) {
  EXPECT_EQ(EscapeHtml("a\n\t b\x01 co\xC2\xADop"), "a b coop");
}

TEST(MarkedText, BrokenUtf8BecomesTheReplacementCharacter) {
  EXPECT_EQ(EscapeHtml("a\xff"), "a\xEF\xBF\xBD");
}

TEST(MarkedText, TagsAreTheCallers) {
  const std::vector<FoundWord> found = {At(0, 1)};
  EXPECT_EQ(MarkText("a", 0, 1, found, {.before = "<em>", .after = "</em>"}), "<em>a</em>");
}

}  // namespace
}  // namespace quipu::search
