// SPDX-License-Identifier: GPL-2.0-or-later
// `_formatted` and `_matchesPosition` as the core makes them, on a small index.
#include "core/search/field_formatter.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "core/index/index_reader.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

std::string Shown(const Hit& hit, const std::string& name) {
  for (const auto& [field, value] : hit.formatted) {
    if (field != name) continue;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) {
      std::string joined;
      for (const schema::Scalar& scalar : *list) {
        const auto* text = std::get_if<std::string>(&scalar);
        joined += (joined.empty() ? "" : "|") + (text != nullptr ? *text : std::string("(flag)"));
      }
      return joined;
    }
    return "(other)";
  }
  return "(absent)";
}

std::string Positions(const Hit& hit, const std::string& name) {
  std::string shown;
  for (const auto& [field, positions] : hit.matches) {
    if (field != name) continue;
    for (const MatchPosition& position : positions) {
      shown +=
          (shown.empty() ? "" : " ") + std::to_string(position.start) + "+" + std::to_string(position.length);
      if (position.index >= 0) shown += "@" + std::to_string(position.index);
    }
  }
  return shown;
}

std::string LongBody() {
  std::string body;
  for (int i = 0; i < 4000; ++i) body += "Filler sentence number " + std::to_string(i) + " says nothing. ";
  body += "Here the hidden treasure of the archive is told. ";
  for (int i = 0; i < 4000; ++i) body += "More filler sentence " + std::to_string(i) + " says nothing. ";
  return body;
}

class FieldFormatterTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents = {
        Text("tea", "Green <b>tea</b>", "Green tea is made from leaves. It is drunk in many lands."),
        Text("long", "Long", LongBody()),
        Text("plain", "AT&T", "Nothing."),
    };
    documents[0].fields["tags"] =
        std::vector<schema::Scalar>{std::string("tea"), 7.0, true, std::string("dark green")};
    documents[0].fields["year"] = 2023.0;
    documents[0].fields["open"] = true;
    documents[0].fields["author.name"] = std::string("Jane Green");
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }

  static Hit First(const std::string& q, const FieldFormat& format) {
    SearchRequest request;
    request.q = q;
    request.format = format;
    return Ask(*index_, request).hits.at(0);
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* FieldFormatterTest::files_ = nullptr;
SearchIndex* FieldFormatterTest::index_ = nullptr;

TEST_F(FieldFormatterTest, ShowsEveryRetrievedFieldAndMarksThoseNamed) {
  const Hit hit = First("green tea", {.highlight = {"title"}});
  EXPECT_EQ(Shown(hit, "title"), "<em>Green</em> &lt;b&gt;<em>tea</em>&lt;/b&gt;");
  EXPECT_EQ(Shown(hit, "author.name"), "Jane Green");
  EXPECT_EQ(Shown(hit, "tags"), "tea|7|(flag)|dark green");
  EXPECT_EQ(Shown(hit, "year"), "2023");
  EXPECT_EQ(Shown(hit, "open"), "(other)");
  EXPECT_EQ(Shown(hit, "body"), "(absent)");
  EXPECT_TRUE(hit.matches.empty());
}

TEST_F(FieldFormatterTest, AStarIsEveryFieldThatIsShown) {
  const Hit hit = First("green tea", {.highlight = {"*"}});
  EXPECT_EQ(Shown(hit, "tags"), "<em>tea</em>|7|(flag)|dark <em>green</em>");
  EXPECT_EQ(Shown(hit, "author.name"), "Jane <em>Green</em>");
  EXPECT_EQ(Shown(hit, "body"), "(absent)");
  EXPECT_EQ(Shown(First("tea", {.highlight = {"*"}, .crop = {{"body", 3}}}), "body"),
            "Green <em>tea</em> is…");
  EXPECT_EQ(Shown(First("tea", {.retrieve = {"id", "body"}, .highlight = {"*"}}), "body"),
            "Green <em>tea</em> is made from leaves. It is drunk in many lands.");
}

TEST_F(FieldFormatterTest, ANameMeansTheFieldsInside) {
  EXPECT_EQ(Shown(First("green", {.highlight = {"author"}}), "author.name"), "Jane <em>Green</em>");
  EXPECT_EQ(Shown(First("green", {.highlight = {"auth"}}), "author.name"), "Jane Green");
}

TEST_F(FieldFormatterTest, FieldsThatAreNotRetrievedAreShownIfNamed) {
  const Hit hit = First("tea", {.retrieve = {"id"}, .highlight = {"title"}});
  EXPECT_EQ(hit.formatted.size(), 2U) << "id and title";
}

TEST_F(FieldFormatterTest, CropsAroundTheWordsAndSaysWhereItCut) {
  EXPECT_EQ(Shown(First("leaves", {.crop = {{"body", 4}}}), "body"), "…from leaves. It is…");
  EXPECT_EQ(Shown(First("leaves", {.crop = {{"body", 4}}, .crop_marker = "(…)"}), "body"),
            "(…)from leaves. It is(…)");
  EXPECT_EQ(Shown(First("lands", {.crop = {{"body", 3}}}), "body"), "…in many lands.");
  EXPECT_EQ(Shown(First("lands", {.crop = {{"body", 100}}}), "body"),
            "Green tea is made from leaves. It is drunk in many lands.");
  EXPECT_EQ(Shown(First("lands", {.crop = {{"body", 0}}}), "body"),
            "Green tea is made from leaves. It is drunk in many lands.");
  EXPECT_EQ(Shown(First("AT&T", {.crop = {{"body", 1}, {"*", 1}}}), "body"), "Nothing.");
}

TEST_F(FieldFormatterTest, NeverCropsArrays) {
  EXPECT_EQ(Shown(First("tea", {.crop = {{"tags", 1}}}), "tags"), "tea|7|(flag)|dark green");
}

TEST_F(FieldFormatterTest, EscapesOnlyWhereTheTagsAreMarkup) {
  EXPECT_EQ(Shown(First("AT&T", {.highlight = {"title"}}), "title"), "<em>AT</em>&amp;<em>T</em>");
  EXPECT_EQ(Shown(First("AT&T", {.highlight = {"title"}, .pre_tag = "__", .post_tag = "__/"}), "title"),
            "__AT__/&__T__/");
}

TEST_F(FieldFormatterTest, GivesPositionsInBytesOfTheField) {
  const Hit hit = First("green tea", {.matches_position = true});
  EXPECT_EQ(Positions(hit, "title"), "0+5 9+3");
  EXPECT_EQ(Positions(hit, "tags"), "0+3@0 5+5@3");
  EXPECT_EQ(Positions(hit, "body"), "") << "the body was not asked for";
  EXPECT_TRUE(hit.formatted.empty());
  EXPECT_EQ(Positions(First("green tea", {.retrieve = {"body"}, .matches_position = true}), "body"),
            "0+5 6+3");
}

TEST_F(FieldFormatterTest, ReadsAFewBlocksOfALongBodyForACrop) {
  auto reader = index::IndexReader::Open(files_->root());
  ASSERT_TRUE(reader);
  text::Analyzer analyzer;
  query::SoughtWord sought;
  sought.word.folded = "treasure";
  sought.word.stems = {"treasur"};
  sought.rarity = 5;
  const std::vector<query::SoughtWord> words = {sought};
  const FieldFormat format{.highlight = {"body"}, .crop = {{"body", 6}}};
  FieldFormatter formatter(reader->database(), analyzer, words, format);
  Hit hit;
  const Xapian::docid docid = reader->FindDocument("long");
  hit.document = reader->StoredDocument(docid);
  formatter.Format(reader->TextNumber(docid), hit);
  EXPECT_EQ(Shown(hit, "body"), "…the hidden <em>treasure</em> of the archive…");
  EXPECT_LE(formatter.blocks_read(), 2U);
}

TEST_F(FieldFormatterTest, ALongCropGoesOnInTheNextBlocks) {
  const std::string shown = Shown(First("treasure", {.crop = {{"body", 1000}}}), "body");
  std::size_t words = 1;
  for (const char c : shown) words += c == ' ' ? 1 : 0;
  EXPECT_EQ(words, 1000U);
  EXPECT_TRUE(shown.starts_with("…"));
  EXPECT_TRUE(shown.ends_with("…"));
}

TEST_F(FieldFormatterTest, BeginsABodyInWhichNothingIsFound) {
  EXPECT_EQ(Shown(First("long", {.crop = {{"body", 4}}}), "body"), "Filler sentence number 0…");
}

// ---- whatever the text

std::string Unescaped(std::string text) {
  const std::map<std::string, std::string> entities = {
      {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}};
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    bool taken = false;
    for (const auto& [entity, sign] : entities) {
      if (text.compare(i, entity.size(), entity) != 0) continue;
      out += sign;
      i += entity.size();
      taken = true;
      break;
    }
    if (!taken) out += text[i++];
  }
  return out;
}

std::string Without(std::string text, const std::string& tag) {
  for (std::size_t at = text.find(tag); at != std::string::npos; at = text.find(tag, at))
    text.erase(at, tag.size());
  return text;
}

std::string RandomText(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {
      "tea",  "Tea", "té",     "cafe\u0301", "café",   "running", "runs",    "東京",   "大学",
      "日本", "<b>", "&amp;",  "\"",         "'",      " ",       " ",       ". ",     "-",
      "\n",   "C++", "U.S.A.", "don't",      "\u00AD", "ﬁne",     "ภาษาไทย", "😀",      "niño",
      "NIÑO", "a",   "1,000",  "</em>",      "<em>",   "é",       "\u200B",  "straße", "İ"};
  std::string text;
  const int count = std::uniform_int_distribution<int>(0, 25)(random);
  for (int i = 0; i < count; ++i)
    text += kPieces[std::uniform_int_distribution<std::size_t>(0, kPieces.size() - 1)(random)];
  return text;
}

bool IsBoundary(const std::string& text, std::size_t at) {
  return at == text.size() || (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80);
}

TEST(FieldFormatterProperties, HoldForAnyText) {
  std::mt19937 random(20260101);
  text::Analyzer analyzer;
  const Xapian::Database empty;
  const FieldFormat whole{.highlight = {"*"}, .pre_tag = "<i>", .post_tag = "</i>", .matches_position = true};
  const FieldFormat cropped{.highlight = {"*"}, .crop = {{"*", 4}}, .pre_tag = "<i>", .post_tag = "</i>"};
  for (int round = 0; round < 3000; ++round) {
    std::vector<query::SoughtWord> words;
    analyzer.Analyze(RandomText(random), {.language = "es"}, [&](const text::Token& token) {
      query::SoughtWord word;
      word.word.folded = token.folded;
      word.word.stems = {std::string(token.stem)};
      word.prefix = words.size() % 3 == 0;
      if (words.size() < 20) words.push_back(word);
    });
    Hit hit;
    hit.document.title = RandomText(random);
    hit.document.language = "es";
    const std::string& title = hit.document.title;
    FieldFormatter(empty, analyzer, words, whole).Format(0, hit);
    const std::string shown = Without(Without(Shown(hit, "title"), "<i>"), "</i>");
    ASSERT_EQ(Unescaped(shown), title);
    ASSERT_EQ(shown.find_first_of("<>\"'"), std::string::npos) << shown;
    std::uint32_t end = 0;
    for (const auto& [field, positions] : hit.matches) {
      if (field != "title") continue;
      for (const MatchPosition& position : positions) {
        ASSERT_GE(position.start, end) << "apart and in order";
        end = position.start + position.length;
        ASSERT_GT(position.length, 0U);
        ASSERT_LE(end, title.size());
        ASSERT_TRUE(IsBoundary(title, position.start) && IsBoundary(title, end)) << title;
      }
    }
    hit.formatted.clear();
    FieldFormatter(empty, analyzer, words, cropped).Format(0, hit);
    std::string part = Unescaped(Without(Without(Shown(hit, "title"), "<i>"), "</i>"));
    if (part.starts_with("…")) part.erase(0, std::string("…").size());
    if (part.ends_with("…")) part.resize(part.size() - std::string("…").size());
    ASSERT_NE(title.find(part), std::string::npos) << part << " in " << title;
  }
}

}  // namespace
}  // namespace quipu::search
