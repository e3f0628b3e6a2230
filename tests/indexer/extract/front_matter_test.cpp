// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/front_matter.h"

#include <gtest/gtest.h>

namespace quipu::extract {
namespace {

using Strings = std::vector<std::string>;

TEST(FrontMatter, ReadsYaml) {
  const std::string text =
      "---\r\ntitle: \"On \\\"tea\\\": a note\"\r\nAuthor: 'Ana''s team' # the author\ndate: "
      "2023-01-17\ntags: [té, \"a, b\", c]\n"
      "authors:\n  - Ana\n  - \"Luz: María\"\nnested:\n  title: no\ndescription: >\n  folded\n  "
      "text\nempty:\n---\nBody";
  const FrontMatter matter = ParseFrontMatter(text);
  EXPECT_EQ(matter.Get({"title"}), "On \"tea\": a note");
  EXPECT_EQ(matter.Get({"author"}), "Ana's team");
  EXPECT_EQ(matter.Get({"date"}), "2023-01-17");
  EXPECT_EQ(matter.GetAll({"tags"}), (Strings{"té", "a, b", "c"}));
  EXPECT_EQ(matter.GetAll({"authors"}), (Strings{"Ana", "Luz: María"}));
  EXPECT_EQ(matter.Get({"description"}), "folded text");
  EXPECT_EQ(matter.Get({"empty", "date"}), "2023-01-17");
  EXPECT_EQ(text.substr(matter.end), "Body");
}

TEST(FrontMatter, ReadsToml) {
  const std::string text =
      "+++\ntitle = \"On tea\"\ntags = [\"a\", \"b\"]\ndraft = true\n[extra]\ntitle = \"no\"\n+++\nBody";
  const FrontMatter matter = ParseFrontMatter(text);
  EXPECT_EQ(matter.Get({"title"}), "On tea");
  EXPECT_EQ(matter.GetAll({"tags"}), (Strings{"a", "b"}));
  EXPECT_EQ(matter.Get({"draft"}), "true");
  EXPECT_EQ(text.substr(matter.end), "Body");
}

TEST(FrontMatter, IsOnlyAClosedBlockAtTheBeginning) {
  for (const char* text : {"", "---", "---\ntitle: a\nno end", "text\n---\ntitle: a\n---\n",
                           "--- title\n---\n", "----\na: b\n----\n"}) {
    const FrontMatter matter = ParseFrontMatter(text);
    EXPECT_EQ(matter.end, 0U) << text;
    EXPECT_TRUE(matter.values.empty()) << text;
  }
}

}  // namespace
}  // namespace quipu::extract
