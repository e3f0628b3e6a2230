// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/passage_link.h"

#include <gtest/gtest.h>

#include <string>

namespace quipu::search {
namespace {

struct UrlCase {
  const char* name;
  const char* url;
  const char* safe;
};

class SafeUrlTable : public testing::TestWithParam<UrlCase> {};

TEST_P(SafeUrlTable, LinksOnlyWhereABrowserOnlyReads) { EXPECT_EQ(SafeUrl(GetParam().url), GetParam().safe); }

const UrlCase kUrls[] = {
    {"Https", "https://example.org/a?b=c#d", "https://example.org/a?b=c#d"},
    {"Relative", "informe.pdf", "informe.pdf"},
    {"RelativeWithColonInTheQuery", "/a?time=12:30", "/a?time=12:30"},
    {"Script", "javascript:alert(1)", ""},
    {"ScriptInCapitals", "JavaScript:alert(1)", ""},
    {"ScriptBehindSpaces", "  \tjavascript:alert(1)", ""},
    {"ScriptBrokenByANewline", "java\nscript:alert(1)", ""},
    {"Data", "data:text/html,<script>", ""},
    {"File", "file:///etc/passwd", ""},
    {"Empty", "", ""},
};
INSTANTIATE_TEST_SUITE_P(PassageLink, SafeUrlTable, testing::ValuesIn(kUrls),
                         [](const auto& tested) { return std::string(tested.param.name); });

schema::Document At(const std::string& url, const std::string& type) {
  schema::Document document;
  document.url = url;
  document.type = type;
  return document;
}

TEST(PassageLink, APdfIsOpenedOnItsPage) {
  schema::Segment segment;
  segment.page = 12;
  EXPECT_EQ(PassageUrl(At("https://x.org/a.pdf#old", "pdf"), &segment, "some words"),
            "https://x.org/a.pdf#page=12");
}

TEST(PassageLink, AHeadingWithAnIdIsTheAnchor) {
  schema::Segment segment;
  segment.anchor = "los-hechos\"><";
  EXPECT_EQ(PassageUrl(At("/a.html", "html"), &segment, "some words"), "/a.html#los-hechos%22%3E%3C");
}

TEST(PassageLink, ElseTheTextItselfIsQuoted) {
  EXPECT_EQ(
      PassageUrl(At("/a", "html"), nullptr, "Well-known, “fuerza” & más. Further words of the sentence"),
      "/a#:~:text=Well%2Dknown%2C%20%E2%80%9Cfuerza%E2%80%9D%20%26%20m%C3%A1s.%20Further%20words%20of%20the");
  EXPECT_EQ(PassageUrl(At("/a#b", "text"), nullptr, "one\ntwo"), "/a#b:~:text=one");
}

TEST(PassageLink, WhatNoBrowserShowsAsTextHasNoFragment) {
  EXPECT_EQ(PassageUrl(At("/a.docx", "docx"), nullptr, "some words"), "/a.docx");
}

TEST(PassageLink, ADocumentWithoutUrlHasNoLink) {
  EXPECT_EQ(PassageUrl(At("", "html"), nullptr, "some words"), "");
  EXPECT_EQ(PassageUrl(At("javascript:alert(1)", "html"), nullptr, "some words"), "");
}

TEST(PassageLink, AQuoteWithoutSpacesIsCutBetweenCharacters) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "検索";
  const std::string_view quoted = QuotableWords(text);
  EXPECT_FALSE(quoted.empty());
  EXPECT_EQ(quoted.size() % 3, 0U);
}

}  // namespace
}  // namespace quipu::search
