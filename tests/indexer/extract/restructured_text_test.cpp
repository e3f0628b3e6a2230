// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include "indexer/extract/format.h"
#include "indexer/extract/slug.h"

namespace quipu::extract {
namespace {

Reading Read(std::string_view text) { return ReadRestructuredText({.bytes = text, .name = "a.rst"}); }

struct Case {
  friend void PrintTo(const Case& tested, std::ostream* out) { *out << tested.name; }
  const char* name;
  const char* markup;
  const char* body;
};
class RestructuredBody : public ::testing::TestWithParam<Case> {};
TEST_P(RestructuredBody, IsWhatAReaderSees) { EXPECT_EQ(Read(GetParam().markup).body, GetParam().body); }
INSTANTIATE_TEST_SUITE_P(
    Table, RestructuredBody,
    ::testing::Values(
        Case{"Paragraphs", "one\ntwo\n\nthree", "one two\n\nthree"},
        Case{"Inline", "a *b* **c** ``d e`` |f| `g`_ h_ 2*3*4", "a b c d e f g h 2*3*4"},
        Case{"Roles", "see :ref:`the text <target>` and :py:class:`~pkg.Name` at 10:30",
             "see the text and pkg.Name at 10:30"},
        Case{"Links", "`Quipu <https://example.org>`__ here [1]_", "Quipu here [1]"},
        Case{"Comment", "a\n\n.. a comment\n   goes on\n\nb", "a\n\nb"},
        Case{"Target", ".. _name: https://example.org\n\nb", "b"},
        Case{"Note", ".. note:: Beware\n   of the dog.\n\nb", "Beware\nof the dog.\n\nb"},
        Case{"CodeBlock", ".. code-block:: python\n   :linenos:\n\n   if a:\n       b()\n\nend",
             "if a:\n    b()\n\nend"},
        Case{"Literal", "Like this::\n\n    x = 1\n      y\n\nend", "Like this:\n\nx = 1\n  y\n\nend"},
        Case{"Image", ".. image:: a.png\n   :alt: A hill\n\nend", "A hill\n\nend"},
        Case{"Toctree", ".. toctree::\n   :maxdepth: 2\n\n   one\n   two\n\nend", "end"},
        Case{"List", "* one\n* two\n  goes on\n", "* one\n* two goes on"},
        Case{"GridTable", "+---+---+\n| a | b |\n+===+===+\n| c | d |\n+---+---+\n", "a b\nc d"},
        Case{"SimpleTable", "===  ===\na    b\n===  ===\nc    d\n===  ===\n", "a b\nc d"},
        Case{"FieldInText", "text\n\n:Weight: 3 kg\n", "text\n\nWeight: 3 kg"}),
    [](const auto& tested) { return tested.param.name; });

TEST(RestructuredText, GivesHeadingsWithTheAnchorsOfDocutils) {
  const Reading reading = Read(
      "=========\nThe Title\n=========\n\nintro\n\nÜber uns, 2nd part\n------------------\n\ntext\n\nThe "
      "Title\n~~~~~~~~~\n\nend");
  EXPECT_EQ(reading.title, "The Title");
  ASSERT_EQ(reading.segments.size(), 3U);
  EXPECT_EQ(reading.segments[0].anchor, "the-title");
  EXPECT_EQ(reading.segments[1].anchor, "uber-uns-2nd-part");
  EXPECT_EQ(reading.segments[1].heading, "Über uns, 2nd part");
  EXPECT_EQ(reading.body.substr(reading.segments[1].begin, 8), "Über un");
  EXPECT_EQ(reading.segments[2].anchor, "id1");
}

TEST(RestructuredText, ReadsItsFieldsAsMetadata) {
  const Reading reading = Read(
      "Title\n=====\n\n:Author: Ana Ruiz\n:Date: 2023-01-17\n:Keywords: tea, coffee\n\n.. meta::\n   "
      ":description: On "
      "drinks\n\ntext\n");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("author")), "Ana Ruiz");
  EXPECT_EQ(std::get<std::string>(reading.fields.at("description")), "On drinks");
  EXPECT_EQ(reading.date, "2023-01-17");
  EXPECT_EQ(reading.body, "Title\n\ntext");
}

TEST(DocutilsIds, NameWhatHasNoLetters) {
  DocutilsIds ids;
  EXPECT_EQ(ids.Make("日本"), "id1");
  EXPECT_EQ(ids.Make("1. A  b!"), "a-b");
  EXPECT_EQ(ids.Make("A b"), "id2");
}

}  // namespace
}  // namespace quipu::extract
