// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include <chrono>

#include "indexer/extract/format.h"
#include "indexer/extract/html_parser.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view html) { return ReadHtml({.bytes = html, .name = "a.html"}); }

std::string Field(const Reading& reading, const char* name) {
  const auto found = reading.fields.find(name);
  return found == reading.fields.end() ? "" : std::get<std::string>(found->second);
}

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  const char* html;
  const char* body;
};
class HtmlText : public ::testing::TestWithParam<Case> {};
TEST_P(HtmlText, IsWhatAReaderSees) { EXPECT_EQ(Read(GetParam().html).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, HtmlText,
    ::testing::Values(
        Case{"Paragraphs", "<p>one\n two</p><p>three</p>", "one two\n\nthree"},
        Case{"LineBreaks", "<p>one<br>two<br/>three</p>", "one\ntwo\nthree"},
        Case{"Inline", "<p>per<b>ú</b> y <i>Chile</i></p>", "perú y Chile"},
        Case{"Entities", "<p>a &amp; b&nbsp;&nbsp;c &#243; &lt;</p>", "a & b c ó <"},
        Case{"Table", "<table><tr><td>a</td><td>b</td></tr><tr><th>c</th><td>d</td></tr></table>",
             "a b\nc d"},
        Case{"List", "<ul><li>one</li><li>two</li></ul>", "one\ntwo"},
        Case{"Pre", "<pre>a\n  b</pre>", "a\n  b"},
        Case{"HiddenThings",
             "<p>a</p><script>x()</script><style>p{}</style><noscript>n</noscript><template>t</"
             "template><svg><text>s</text></svg><p hidden>h</p>"
             "<p data-quipu-ignore>i</p><p>b</p>",
             "a\n\nb"},
        Case{"SeveralRoots", "<style>p{}</style><p>a</p><div>b</div>text", "a\n\nb\n\ntext"},
        Case{"Comment", "<p>a<!-- no -->b</p>", "ab"},
        Case{"Unclosed", "<p>one<p>two<div>three", "one\n\ntwo\n\nthree"},
        Case{"NbspParagraph", "<p>a</p><p>&nbsp;</p><p>b</p>", "a\n\nb"},
        Case{"Main",
             "<nav>menu</nav><header>site</header><main><p>content</p><aside>related</aside></"
             "main><footer>foot</footer>",
             "content"},
        Case{"ArticleKeepsItsHeader",
             "<nav>menu</nav><article><header><p>by Ana</p></header><p>content</p></article>",
             "by Ana\n\ncontent"},
        Case{"RoleMain", "<div role=navigation>menu</div><div role=main>content</div>", "content"},
        Case{"NoMain", "<nav>menu</nav><p>content</p>", "menu\n\ncontent"},
        Case{"SmallArticlesAreCards",
             "<nav>menu</nav><p>A long introduction that holds nearly all of the text of this page, sentence "
             "after sentence after sentence.</p>"
             "<article>card</article>",
             "A long introduction that holds nearly all of the text of this page, sentence after sentence "
             "after sentence.\n\ncard"},
        Case{"EmptyMain", "<p>content</p><main></main>", "content"},
        Case{"MarkedBody",
             "<main><p>no</p><div data-quipu-body>yes<p data-quipu-ignore>not this</p></div></main>", "yes"},
        Case{"Cdata", "<?xml version='1.0'?><html><body><p><![CDATA[inside]]></p></body></html>", "inside"},
        Case{"TitleIsNotBody", "<html><head><title>T</title></head><body><p>b</p></body></html>", "b"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Html, MakesASegmentOfEachHeadingWithItsAnchor) {
  const Reading reading = Read(
      "<p>intro</p><h1 id=own>Own id</h1><p>x</p><section id=outer><h2>Of the section</h2><p>x</p></section>"
      "<h2><a name=child>Of the child</a></h2><p>x</p><a id=before></a><h3>Before it</h3><p>x</p><h4>None<a "
      "class=headerlink href='#n'>¶</a></h4>"
      "<p id=para>text</p><h5>None either</h5>");
  struct Expected {
    const char* anchor;
    const char* heading;
  };
  const std::vector<Expected> expected = {
      {"own", "Own id"}, {"outer", "Of the section"}, {"child", "Of the child"}, {"before", "Before it"},
      {"", "None"},      {"", "None either"}};
  ASSERT_EQ(reading.segments.size(), expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const schema::Segment& segment = reading.segments[i];
    EXPECT_EQ(segment.anchor, expected[i].anchor);
    EXPECT_EQ(segment.heading, expected[i].heading);
    EXPECT_EQ(reading.body.substr(segment.begin, segment.heading.size()), segment.heading);
  }
}

TEST(Html, ReadsMetadata) {
  const Reading reading = Read(
      "<html lang='es-PE'><head><title>La deuda | Sitio</title><meta property='og:title' content='La deuda'>"
      "<meta name=Author content='Ana Quispe'><meta name=description content='Un  resumen'><meta "
      "name=keywords content='tierra, agua ,tierra'>"
      "<meta property='article:published_time' content='2023-01-17T10:00:00-05:00'><link rel=canonical "
      "href='https://example.org/a'>"
      "</head><body><p>x</p></body></html>");
  EXPECT_EQ(reading.title, "La deuda");
  EXPECT_EQ(reading.language, "es-PE");
  EXPECT_EQ(reading.date, "2023-01-17T10:00:00-05:00");
  EXPECT_EQ(Field(reading, "author"), "Ana Quispe");
  EXPECT_EQ(Field(reading, "description"), "Un resumen");
  EXPECT_EQ(Field(reading, "canonical"), "https://example.org/a");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")),
            (std::vector<schema::Scalar>{std::string("tierra"), std::string("agua")}));
}

TEST(Html, ReadsDublinCore) {
  const Reading reading = Read(
      "<meta name='DC.title' content='Título'><meta name='DC.creator' content='Ana'><meta name='DC.creator' "
      "content='Luz'>"
      "<meta name='DC.date' content='2021-03'><meta name='DC.language' content='qu'><p>x</p>");
  EXPECT_EQ(reading.title, "Título");
  EXPECT_EQ(reading.date, "2021-03-01");
  EXPECT_EQ(reading.language, "qu");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("author")).size(), 2U);
}

TEST(Html, ObeysRobots) {
  for (const char* content : {"noindex", "follow, NOINDEX", "none"}) {
    const Reading reading = Read(std::string("<meta name=robots content='") + content + "'><p>x</p>");
    EXPECT_EQ(reading.state, State::kSkipped) << content;
    EXPECT_NE(reading.reason.find("noindex"), std::string::npos);
  }
  EXPECT_EQ(Read("<meta name=robots content='index, nofollow'><p>x</p>").state, State::kIndexed);
}

TEST(Html, DecodesTheDeclaredCharset) {
  EXPECT_EQ(Read("<meta charset=iso-8859-1><p>acusaci\xF3n</p>").body, "acusación");
  EXPECT_EQ(Read("<meta http-equiv=Content-Type content='text/html; "
                 "charset=windows-1251'><p>\xEF\xEE\xE8\xF1\xEA</p>")
                .body,
            "поиск");
  EXPECT_EQ(Read("<meta charset=iso-8859-1><p>acusación</p>").body, "acusación");
}

TEST(Html, IsNotSlowOrRecursiveOnDeepNesting) {
  std::string html;
  for (int i = 0; i < 100000; ++i) html += "<div>";
  const auto begin = std::chrono::steady_clock::now();
  const Reading reading = Read("<p>before</p>" + html + "deep");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  EXPECT_EQ(reading.state, State::kTruncated);
  EXPECT_EQ(reading.body, "before");
}

TEST(Html, ReadsAVeryLongLine) {
  std::string html = "<p>";
  for (int i = 0; i < 1000000; ++i) html += "word &amp; ";
  const Reading reading = Read(html);
  EXPECT_EQ(reading.state, State::kIndexed);
  EXPECT_EQ(reading.body.size(), 7U * 1000000 - 1);
}

}  // namespace
}  // namespace quipu::extract
