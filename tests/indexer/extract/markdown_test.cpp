// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <ostream>

#include "indexer/extract/format.h"
#include "indexer/extract/slug.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view text) { return ReadMarkdown({.bytes = text, .name = "a.md"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  const char* markdown;
  const char* body;
};
class MarkdownText : public ::testing::TestWithParam<Case> {};
TEST_P(MarkdownText, IsWhatAReaderSees) { EXPECT_EQ(Read(GetParam().markdown).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, MarkdownText,
    ::testing::Values(Case{"Paragraphs", "one\ntwo\n\nthree", "one two\n\nthree"},
                      Case{"Emphasis", "a **b** _c_ `d` ~~e~~", "a b c d e"},
                      Case{"Link", "[text](https://example.org \"t\")", "text"},
                      Case{"Code", "```sh\nmake\n  all\n```", "make\n  all"},
                      Case{"List", "- one\n- two", "one\ntwo"},
                      Case{"Table", "| a | b |\n|---|---|\n| c | d |", "a b\nc d"},
                      Case{"Entity", "a &amp; b &oacute; &#233; &nosuch;", "a & b ó é &nosuch;"},
                      Case{"InlineHtml", "a <b>c</b> <!-- no --> d<br>e", "a c d\ne"},
                      Case{"HtmlBlock",
                           "<div align=center>\n<b>in html</b>\n<script>x</script>\n</div>\n\nafter",
                           "in html\n\nafter"},
                      Case{"HardBreak", "one  \ntwo", "one\ntwo"},
                      Case{"Heading", "# One\ntext\n\nTwo\n===\ntext", "One\n\ntext\n\nTwo\n\ntext"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Markdown, MakesASegmentOfEachHeading) {
  const Reading reading = Read(
      "intro\n\n# ¿Qué es *Quipu*?\n\nx\n\n## Usage\n\nx\n\n## Usage\n\nx\n\n## Own {#mine}\n\n## <a "
      "id=\"tag\"></a>Tagged");
  ASSERT_EQ(reading.segments.size(), 5U);
  EXPECT_EQ(reading.segments[0].heading, "¿Qué es Quipu?");
  EXPECT_EQ(reading.segments[0].anchor, "qué-es-quipu");
  EXPECT_EQ(reading.segments[1].anchor, "usage");
  EXPECT_EQ(reading.segments[2].anchor, "usage-1");
  EXPECT_EQ(reading.segments[3].anchor, "mine");
  EXPECT_EQ(reading.segments[3].heading, "Own");
  EXPECT_EQ(reading.segments[4].anchor, "tag");
  EXPECT_EQ(reading.body.substr(reading.segments[1].begin, 5), "Usage");
}

TEST(Markdown, ReadsFrontMatter) {
  const Reading reading = Read(
      "---\ntitle: On tea\ndate: 2023-01-17\nlang: es\nauthor: Ana\ntags: tea, leaf\ndescription: A "
      "note\n---\n# H\n\nx");
  EXPECT_EQ(reading.title, "On tea");
  EXPECT_EQ(reading.date, "2023-01-17");
  EXPECT_EQ(reading.language, "es");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "A note");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("tags")).size(), 2U);
  EXPECT_EQ(reading.body, "H\n\nx");
}

TEST(Markdown, LeavesDraftsOut) {
  EXPECT_EQ(Read("---\ndraft: true\n---\nx").state, State::kSkipped);
  EXPECT_EQ(Read("---\ndraft: false\n---\nx").state, State::kIndexed);
}

TEST(Slug, FollowsTheRulesOfRenderers) {
  SlugMaker slugs;
  EXPECT_EQ(slugs.Make("Hello, World!"), "hello-world");
  EXPECT_EQ(slugs.Make("C++ & C#"), "c--c");
  EXPECT_EQ(slugs.Make("Índice de años"), "índice-de-años");
  EXPECT_EQ(slugs.Make("snake_case-and 1.2"), "snake_case-and-12");
  EXPECT_EQ(slugs.Make("hello world"), "hello-world-1");
}

}  // namespace
}  // namespace quipu::extract
