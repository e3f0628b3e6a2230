// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/duplicate_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <set>

#include "tests/core/index/sample_text.h"

namespace quipu::index {
namespace {

using quipu::testing::Edited;
using quipu::testing::SampleWords;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Sketched Text(const std::vector<std::string>& words, const std::string& content) {
  Sketcher sketcher;
  for (const std::string& word : words) sketcher.Add(word);
  return {*sketcher.Take(), content};
}

/// A sketch that differs from `sketch` in the places from `begin` on.
Sketched Altered(const Sketched& from, std::size_t begin, std::size_t count, const std::string& content) {
  Sketched other = from;
  other.content = content;
  for (std::size_t i = begin; i < begin + count; ++i)
    other.sketch[i] = static_cast<std::uint16_t>(~other.sketch[i]);
  return other;
}

TEST(Duplicates, NoDocumentsGiveNoGroups) { EXPECT_THAT(GroupDuplicates({}), IsEmpty()); }

TEST(Duplicates, TextsThatAreUnlikeAreAlone) {
  std::vector<Sketched> texts;
  for (unsigned seed = 0; seed < 200; ++seed)
    texts.push_back(Text(SampleWords(seed, 200), std::to_string(seed)));
  EXPECT_THAT(GroupDuplicates(texts), Each(IsEmpty()));
}

TEST(Duplicates, CopiesHaveOneKeyAndTheRestNone) {
  const auto words = SampleWords(1, 300);
  const std::vector<Sketched> texts = {Text(words, "b"), Text(SampleWords(2, 300), "x"), Text(words, "b"),
                                       Text(Edited(words, 100, 1), "a")};
  EXPECT_THAT(GroupDuplicates(texts), ElementsAre("a", "", "a", "a"));
}

TEST(Duplicates, DoNotDependOnTheOrderOfTheDocuments) {
  std::vector<Sketched> texts;
  for (unsigned seed = 0; seed < 60; ++seed) {
    const auto words = SampleWords(seed % 20, 100);
    texts.push_back(Text(seed < 20 ? words : Edited(words, 30 + seed / 20, seed), std::to_string(seed)));
  }
  const auto keys = GroupDuplicates(texts);
  std::vector<std::size_t> order(texts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 random(7);
  for (int round = 0; round < 5; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    std::vector<Sketched> shuffled;
    for (const std::size_t i : order) shuffled.push_back(texts[i]);
    const auto again = GroupDuplicates(shuffled);
    for (std::size_t i = 0; i < order.size(); ++i) EXPECT_EQ(again[i], keys[order[i]]) << order[i];
  }
}

TEST(Duplicates, AChainOfSmallDifferencesDoesNotJoinUnlikeTexts) {
  // Each is like its neighbours; the first and the last have nothing in common.
  std::vector<Sketched> chain = {Text(SampleWords(1, 300), "00")};
  for (std::size_t i = 0; i < 8; ++i)
    chain.push_back(Altered(chain.back(), i * 4, 4, "0" + std::to_string(i + 1)));
  const auto keys = GroupDuplicates(chain);
  EXPECT_NE(keys.front(), keys.back());
  for (std::size_t i = 0; i < chain.size(); ++i) {
    for (std::size_t j = 0; j < chain.size(); ++j) {
      if (keys[i] == keys[j] && !keys[i].empty()) {
        EXPECT_LE(i > j ? i - j : j - i, 2U) << "joined over more than one text between";
      }
    }
  }
}

/// Texts that all share half of their runs: the worst case of the search for candidates.
std::vector<Sketched> Crowd(std::size_t count) {
  const auto shared = SampleWords(1, 200);
  std::vector<Sketched> texts;
  for (unsigned seed = 0; seed < count; ++seed) {
    auto words = shared;
    for (const std::string& word : SampleWords(seed + 10, 150)) words.push_back(word);
    texts.push_back(Text(words, std::to_string(seed)));
  }
  return texts;
}

TEST(Duplicates, AHundredThousandTakeAboutASecond) {
  std::vector<Sketched> texts;
  std::mt19937 random(3);
  for (unsigned i = 0; i < 80000; ++i) {
    Sketched text{{}, std::to_string(i)};
    for (auto& place : text.sketch) place = static_cast<std::uint16_t>(random());
    texts.push_back(text);
  }
  for (unsigned i = 0; i < 20000; ++i)
    texts.push_back(Altered(texts[i], i % 29, 3, "copy" + std::to_string(i)));
  const auto began = std::chrono::steady_clock::now();
  const auto keys = GroupDuplicates(texts);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
  EXPECT_LT(seconds, 10) << "on a machine that does nothing else about 0.3 s";
  int joined = 0;
  for (std::size_t i = 0; i < 20000; ++i) joined += !keys[i].empty() && keys[i] == keys[80000 + i] ? 1 : 0;
  EXPECT_GT(joined, 19900);
}

TEST(Duplicates, ACrowdThatSharesHalfOfItsTextIsNotJoinedAndTakesNoSquareTime) {
  const auto texts = Crowd(3000);
  const auto began = std::chrono::steady_clock::now();
  const auto keys = GroupDuplicates(texts);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(5));
  const auto joined = std::count_if(keys.begin(), keys.end(), [](const auto& key) { return !key.empty(); });
  EXPECT_LT(joined, 30);
}

TEST(Duplicates, AThousandCopiesThatAllDifferALittleAreOneGroup) {
  const auto words = SampleWords(5, 400);
  std::vector<Sketched> texts;
  for (unsigned seed = 0; seed < 1000; ++seed)
    texts.push_back(Text(Edited(words, 300, seed), std::to_string(seed)));
  const auto keys = GroupDuplicates(texts);
  EXPECT_LE(std::set<std::string>(keys.begin(), keys.end()).size(), 3U);
}

}  // namespace
}  // namespace quipu::index
