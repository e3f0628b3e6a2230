// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/crop.h"

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <vector>

namespace quipu::search {
namespace {

query::SoughtWord Sought(const std::string& word, double rarity = 1) {
  query::SoughtWord sought;
  sought.word.folded = word;
  sought.word.stems = {word};
  sought.rarity = rarity;
  return sought;
}

struct Case {
  std::string name;
  std::string text;
  std::vector<std::string> words;
  std::uint32_t count = 0;
  std::string shown;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class CropTest : public testing::TestWithParam<Case> {};

TEST_P(CropTest, ShowsTheBestWords) {
  const Case& c = GetParam();
  text::Analyzer analyzer;
  std::vector<query::SoughtWord> sought;
  for (const std::string& word : c.words) sought.push_back(Sought(word));
  WordMatcher matcher(analyzer, sought);
  const Crop crop = CropAround(SpansOfWords(c.text, analyzer, ""), static_cast<std::uint32_t>(c.text.size()),
                               matcher.Find(c.text, ""), sought, c.count);
  EXPECT_EQ(c.text.substr(crop.begin, crop.end - crop.begin), c.shown);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, CropTest,
    testing::Values(Case{"Middle", "a b c d tea f g h i", {"tea"}, 3, "d tea f"},
                    Case{"Begin", "tea b c d e", {"tea"}, 3, "tea b c"},
                    Case{"End", "a b c d tea.", {"tea"}, 3, "c d tea."},
                    Case{"NothingFound", "…a b c d", {"tea"}, 2, "…a b"},
                    Case{"NoWords", "a b c d", {}, 2, "a b"},
                    Case{"ShorterText", " a b! ", {"a"}, 5, " a b! "},
                    Case{"JustAsLong", "a b c.", {"a"}, 3, "a b c."},
                    Case{"MostWords", "tea x x x x green tea x x x", {"green", "tea"}, 3, "green tea x"},
                    Case{"FirstOfEqualPlaces", "x tea x x x x x tea x", {"tea"}, 3, "x tea x"},
                    Case{"OneWord", "green tea", {"tea"}, 1, "tea"},
                    Case{"IdeographsCountOneByOne", "東京大学は日本の大学です", {"日本"}, 4, "は日本の"},
                    Case{"Empty", "", {"tea"}, 3, ""}, Case{"OnlySigns", "?! …", {"tea"}, 3, "?! …"}),
    [](const auto& tested) { return tested.param.name; });

TEST(Crop, PrefersRareWords) {
  text::Analyzer analyzer;
  const std::vector<query::SoughtWord> sought = {Sought("the", 0.1), Sought("tea", 4)};
  const std::string text = "the the the x x x x x x tea x x x";
  WordMatcher matcher(analyzer, sought);
  const Crop crop = CropAround(SpansOfWords(text, analyzer, ""), static_cast<std::uint32_t>(text.size()),
                               matcher.Find(text, ""), sought, 3);
  EXPECT_EQ(text.substr(crop.begin, crop.end - crop.begin), "x tea x");
}

TEST(Crop, SaysWhereItWouldGoOn) {
  text::Analyzer analyzer;
  const std::vector<query::SoughtWord> sought = {Sought("tea")};
  const auto crop = [&](const std::string& text, std::uint32_t count) {
    WordMatcher matcher(analyzer, sought);
    return CropAround(SpansOfWords(text, analyzer, ""), static_cast<std::uint32_t>(text.size()),
                      matcher.Find(text, ""), sought, count);
  };
  EXPECT_TRUE(crop("tea b c d e f", 5).short_before);
  EXPECT_FALSE(crop("tea b c d e f", 5).short_after);
  EXPECT_TRUE(crop("a b c d e tea", 5).short_after);
  EXPECT_FALSE(crop("a b c tea e f g", 5).short_before);
  EXPECT_TRUE(crop("tea", 5).short_after);
}

TEST(SpansOfWords, DoNotOverlap) {
  text::Analyzer analyzer;
  const auto spans = SpansOfWords("green 東京大学 tea ภาษาไทย", analyzer, "");
  ASSERT_GE(spans.size(), 6U);
  for (std::size_t i = 0; i < spans.size(); ++i) {
    EXPECT_LT(spans[i].begin, spans[i].end);
    if (i > 0) {
      EXPECT_LE(spans[i - 1].end, spans[i].begin);
    }
  }
}

}  // namespace
}  // namespace quipu::search
