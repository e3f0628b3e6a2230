// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/content_sketch.h"

#include <gtest/gtest.h>

#include "tests/core/index/sample_text.h"

namespace quipu::index {
namespace {

using quipu::testing::Edited;
using quipu::testing::SampleWords;

std::optional<Sketch> SketchOf(const std::vector<std::string>& words) {
  Sketcher sketcher;
  for (const std::string& word : words) sketcher.Add(word);
  return sketcher.Take();
}

TEST(Sketch, IsMissingForTextsUnder64Words) {
  EXPECT_FALSE(SketchOf(SampleWords(1, 63)).has_value());
  EXPECT_TRUE(SketchOf(SampleWords(1, 64)).has_value());
}

TEST(Sketch, BeginsAnewAfterEachText) {
  Sketcher sketcher;
  for (const std::string& word : SampleWords(2, 500)) sketcher.Add(word);
  (void)sketcher.Take();
  for (const std::string& word : SampleWords(1, 100)) sketcher.Add(word);
  EXPECT_EQ(sketcher.Take(), SketchOf(SampleWords(1, 100)));
}

TEST(Sketch, TellsWordsInAnotherOrderApart) {
  auto words = SampleWords(3, 200);
  const auto sketch = SketchOf(words);
  std::reverse(words.begin(), words.end());
  EXPECT_LT(EqualPlaces(*sketch, *SketchOf(words)), kAlikePlaces / 2);
}

TEST(Sketch, OfOneWordRepeatedIsASketch) {
  const std::vector<std::string> words(100, "word");
  EXPECT_EQ(SketchOf(words), SketchOf(words));
}

TEST(Sketch, IsReadAsItWasWritten) {
  const auto sketch = *SketchOf(SampleWords(4, 100));
  EXPECT_EQ(DecodeSketch(EncodeSketch(sketch)), sketch);
  EXPECT_FALSE(DecodeSketch("").has_value());
  EXPECT_FALSE(DecodeSketch(std::string(63, 'x')).has_value());
}

struct Change {
  std::size_t words;
  std::size_t period;  // every so manieth word is another
  double least_share;  // of texts that are still copies
  double most_share;
};

class SketchOfEditedText : public ::testing::TestWithParam<Change> {};

TEST_P(SketchOfEditedText, IsAlikeAsFarAsTheTextsAre) {
  const Change change = GetParam();
  constexpr unsigned kTexts = 400;
  int alike = 0;
  for (unsigned seed = 0; seed < kTexts; ++seed) {
    const auto words = SampleWords(seed + 1000, change.words);
    const auto sketch = *SketchOf(words);
    const auto edited = *SketchOf(Edited(words, change.period, seed));
    alike += EqualPlaces(sketch, edited) >= kAlikePlaces ? 1 : 0;
  }
  const double share = static_cast<double>(alike) / kTexts;
  EXPECT_GE(share, change.least_share);
  EXPECT_LE(share, change.most_share);
}

INSTANTIATE_TEST_SUITE_P(Edits, SketchOfEditedText,
                         ::testing::Values(Change{64, 64, 0.85, 1},     // one word of 64
                                           Change{300, 100, 0.99, 1},   // three words of 300
                                           Change{300, 50, 0.9, 1},     // 89% of the runs in common
                                           Change{1000, 20, 0.1, 0.5},  // 74%
                                           Change{1000, 10, 0, 0.01},   // 54%
                                           Change{1000, 5, 0, 0}),
                         [](const auto& change) {
                           return std::to_string(change.param.words) + "WordsOneIn" +
                                  std::to_string(change.param.period);
                         });

TEST(Sketch, OfUnlikeTextsIsUnlike) {
  int most = 0;
  const auto first = *SketchOf(SampleWords(1, 300));
  for (unsigned seed = 2; seed < 1000; ++seed)
    most = std::max(most, EqualPlaces(first, *SketchOf(SampleWords(seed, 300))));
  EXPECT_LT(most, 3);
}

}  // namespace
}  // namespace quipu::index
