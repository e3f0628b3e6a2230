// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "indexer/extract/slug.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view text) { return ReadAsciidoc({.bytes = text, .name = "a.adoc"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  const char* markup;
  const char* body;
};
class AsciidocBody : public ::testing::TestWithParam<Case> {};
TEST_P(AsciidocBody, IsWhatAReaderSees) { EXPECT_EQ(Read(GetParam().markup).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, AsciidocBody,
    ::testing::Values(Case{"Paragraphs", "one\ntwo\n\nthree", "one two\n\nthree"},
                      Case{"Inline", "a *b* _c_ `d` #e# x^2^ **f**g 2*3*4 snake_case_name",
                           "a b c d e x2 fg 2*3*4 snake_case_name"},
                      Case{"NestedInline", "*a _b_ c*", "a b c"},
                      Case{"Links", "https://example.org[Quipu] link:a.html[A] <<sec,there>> xref:b.adoc[B]",
                           "Quipu A there B"},
                      Case{"BareLink", "https://example.org[] end", "https://example.org end"},
                      Case{"Attribute", ":product: Quipu\n\nUse {product} or {unknown}.",
                           "Use Quipu or {unknown}."},
                      Case{"Comments", "a\n// hidden\n////\nhidden too\n////\nb", "a\n\nb"},
                      Case{"Listing", "[source,c]\n----\nint a;\n  b;\n----\nend", "int a;\n  b;\n\nend"},
                      Case{"Admonition", "[NOTE]\n====\nBeware.\n====\nend", "Beware.\n\nend"},
                      Case{"Lists", "* one\n** two\n. three\nterm:: text", "one\ntwo\nthree\nterm: text"},
                      Case{"Table", "|===\n|a |b\n\n|c |d\n|===", "a b\n\nc d"},
                      Case{"Image", "image::a.png[A hill,100]\nend", "A hill\nend"},
                      Case{"BlockTitle", ".Figures\ntext", "Figures\ntext"},
                      Case{"Directives", "ifdef::x[]\ninclude::b.adoc[]\nendif::[]\ntext", "text"},
                      Case{"Footnote", "text footnote:[aside] end", "text aside end"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Asciidoc, ReadsItsHeader) {
  const Reading reading = Read(
      "= The *Title*\nAna Ruiz <ana@example.org>; Bo Li <bo@example.org>\nv1.2, 2023-01-17: "
      "draft\n:description: On "
      "drinks\n:keywords: tea, coffee\n\ntext\n");
  EXPECT_EQ(reading.title, "The Title");
  EXPECT_EQ(reading.date, "2023-01-17");
  EXPECT_EQ(std::get<std::vector<schema::Scalar>>(reading.fields.at("author")),
            (std::vector<schema::Scalar>{std::string("Ana Ruiz"), std::string("Bo Li")}));
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "On drinks");
  EXPECT_EQ(reading.body, "The Title\n\ntext");
}

TEST(Asciidoc, GivesHeadingsWithTheAnchorsOfAsciidoctor) {
  const Reading reading = Read(
      "= Title\n\n== Über uns: the 1st-part\n\na\n\n[[own]]\n=== Two\n\nb\n\nOld Style\n---------\n\nc\n\n== "
      "Old Style\n\nd");
  ASSERT_EQ(reading.segments.size(), 5U);
  EXPECT_EQ(reading.segments[0].anchor, "");
  EXPECT_EQ(reading.segments[1].anchor, "_über_uns_the_1st_part");
  EXPECT_EQ(reading.segments[2].anchor, "own");
  EXPECT_EQ(reading.segments[3].anchor, "_old_style");
  EXPECT_EQ(reading.segments[4].anchor, "_old_style_2");
}

}  // namespace
}  // namespace quipu::extract
