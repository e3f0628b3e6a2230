// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/html.h"

#include <gtest/gtest.h>

#include "searchd/pages/terminal_text.h"

namespace quipu::searchd {
namespace {

TEST(EscapeHtml, LeavesNoCharacterThatEndsTextOrAnAttribute) {
  EXPECT_EQ(EscapeHtml(R"(<a href="x" title='y'>&amp;</a>)"),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;amp;&lt;/a&gt;");
}

TEST(OnlyMarks, KeepsMarksAndEntities) {
  EXPECT_EQ(OnlyMarks("a &lt;b&gt; <mark>c</mark>"), "a &lt;b&gt; <mark>c</mark>");
}

TEST(OnlyMarks, EscapesEveryOtherTag) {
  EXPECT_EQ(OnlyMarks("<script>alert(1)</script><mark onclick=x>"),
            "&lt;script&gt;alert(1)&lt;/script&gt;&lt;mark onclick=x&gt;");
}

TEST(OnlyMarks, PairsMarks) { EXPECT_EQ(OnlyMarks("</mark>a<mark>b<mark>c"), "a<mark>bc</mark>"); }

TEST(PercentEncode, LeavesOnlyUnreservedCharacters) {
  EXPECT_EQ(PercentEncode("a/b?c=d&e \"ñ~-._"), "a%2Fb%3Fc%3Dd%26e%20%22%C3%B1~-._");
}

TEST(BoldText, ShowsMarksAsBoldAndReadsEntities) {
  EXPECT_EQ(BoldText("a <mark>b</mark> &amp;lt; &lt;c&gt;", true), "a \x1b[1mb\x1b[0m &lt; <c>");
  EXPECT_EQ(BoldText("a <mark>b</mark>", false), "a b");
}

TEST(PlainText, LetsNoDocumentSteerTheTerminal) {
  EXPECT_EQ(PlainText("a\x1b[2J\xC2\x9B"
                      "b\rñ"),
            "a [2J b ñ");
}

}  // namespace
}  // namespace quipu::searchd
