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

std::string Prose(int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i)
    text += "The commission met again and heard what the witnesses had to say. ";
  return text;
}

TEST(HtmlPageWithoutMain, LosesItsMenus) {
  std::string menu = "<ul>";
  for (const char* label : {"Home", "News", "About us", "Archive", "Contact", "Legal"})
    menu += "<li><a href='/'>" + std::string(label) + "</a></li>";
  menu += "</ul>";
  const std::string prose = Prose(8);
  const Reading reading = Read("<div>" + menu + "</div><h1>The hearing</h1><p>" + prose +
                               "<a href='x'>More</a></p><div>" + menu + "</div><p>© 2023</p>");
  EXPECT_EQ(reading.body, "The hearing\n\n" + prose + "More\n\n© 2023");
  ASSERT_EQ(reading.segments.size(), 1U);
  EXPECT_EQ(reading.segments[0].begin, 0U);
}

TEST(HtmlPageWithoutMain, LosesItsNavigationAndFooterOfLinks) {
  const std::string prose = Prose(5);
  EXPECT_EQ(
      Read("<nav><a href='/'>Home</a> <a href='/b'>News</a></nav><header><h1>The hearing</h1></header><p>" +
           prose + "</p><footer><a href='/c'>Contact</a></footer>")
          .body,
      "The hearing\n\n" + prose.substr(0, prose.size() - 1));
}

TEST(HtmlPageWithoutMain, KeepsLinksThatAreItsContent) {
  std::string list;
  for (int i = 0; i < 30; ++i) list += "<li><a href='/'>Item " + std::to_string(i) + "</a></li>";
  EXPECT_NE(Read("<ul>" + list + "</ul>").body.find("Item 29"), std::string::npos) << "a page of links";
  const std::string reference =
      "<li><a href='/'>A report on what was heard by the commission in its second session</a></li>";
  std::string references;
  for (int i = 0; i < 10; ++i) references += reference;
  EXPECT_NE(Read("<p>" + Prose(20) + "</p><ul>" + references + "</ul>").body.find("A report"),
            std::string::npos)
      << "links that say something";
  EXPECT_NE(Read("<p>" + Prose(20) + "</p><p><a href=a>One</a>, <a href=b>Two</a>, <a href=c>Three</a></p>")
                .body.find("Two"),
            std::string::npos)
      << "a few links";
}

TEST(HtmlMetadata, ComesFromJsonLdToo) {
  const Reading reading = Read(
      "<title>The hearing</title><script "
      "type='application/ld+json'>{\"@context\":\"https://schema.org\",\"@graph\":["
      "{\"@type\":\"Organization\",\"name\":\"Us\",\"datePublished\":\"1999-01-01\"},"
      "{\"@type\":[\"NewsArticle\"],\"headline\":\"H\",\"datePublished\":\"2023-01-17T10:00:00-05:00\","
      "\"author\":["
      "{\"@type\":\"Person\",\"name\":\"Ana Ruiz\"},\"Bo "
      "Li\"],\"keywords\":[\"tea\",\"law\"],\"description\":\"In "
      "short\"}]}</script><p>text");
  EXPECT_EQ(reading.date, "2023-01-17T10:00:00-05:00");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("author")),
            (std::vector<schema::Scalar>{std::string("Ana Ruiz"), std::string("Bo Li")}));
  EXPECT_EQ(Field(reading, "description"), "In short");
  EXPECT_EQ(reading.body, "text");
  EXPECT_EQ(Read("<meta name=author content=Eva><script "
                 "type='application/ld+json'>{\"@type\":\"Article\",\"author\":\"Ana\"}"
                 "</script><p>text")
                .fields.at("author"),
            schema::FieldValue(std::string("Eva")));
}

TEST(HtmlMetadata, SurvivesJsonLdThatIsNone) {
  for (const std::string& json :
       {std::string("{"), std::string("[[[["), std::string(100000, '['), std::string("{\"@graph\":1}"),
        std::string("{\"@type\":{}}"), std::string("null"), std::string(1 << 20, ' ')})
    EXPECT_EQ(Read("<script type='application/ld+json'>" + json + "</script><p>text").body, "text");
}

TEST(HtmlMetadata, ComesFromMicrodata) {
  EXPECT_EQ(Read("<article><time datetime='2023-01-17'>yesterday</time><p>text").date, "2023-01-17");
  EXPECT_EQ(Read("<p><time datetime='2023-01-17'>in January</time> it rained").date, "")
      << "any day that is spoken of";
  const Reading reading = Read(
      "<div itemscope><span itemprop='author' itemscope><b itemprop='name'>Ana Ruiz</b></span>"
      "<span itemprop='datePublished' content='2023-01-17'>17/1</span> text</div>");
  EXPECT_EQ(reading.date, "2023-01-17");
  EXPECT_EQ(Field(reading, "author"), "Ana Ruiz");
}

TEST(HtmlMetadata, NamesThePageInOtherLanguages) {
  const Reading reading = Read(
      "<link rel='alternate' hreflang='es' href='https://example.org/es'><link rel=alternate "
      "type='application/rss+xml' "
      "href=feed><p>text");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("alternates")),
            (std::vector<schema::Scalar>{std::string("es https://example.org/es")}));
}

}  // namespace
}  // namespace quipu::extract
