// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/passage_window.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace quipu::search {
namespace {

std::vector<query::SoughtWord> Words(int count) {
  std::vector<query::SoughtWord> words(static_cast<std::size_t>(count));
  for (auto& word : words) word.rarity = 1;
  return words;
}

FoundWord Find(const std::string& text, const std::string& word, std::uint16_t index, std::size_t from = 0) {
  const auto begin = static_cast<std::uint32_t>(text.find(word, from));
  return {.begin = begin,
          .end = begin + static_cast<std::uint32_t>(word.size()),
          .position = begin,
          .word = index};
}

std::string Shown(const std::string& text, const PassageWindow& window) {
  return text.substr(window.begin, window.end - window.begin);
}

std::string Filler(int sentences) {
  std::string text;
  for (int i = 0; i < sentences; ++i) text += "Nothing of interest stands in this sentence here. ";
  return text;
}

TEST(PassageWindow, TwoDistinctWordsBeatARepeatedOne) {
  const std::string text = "Tea tea tea tea. " + Filler(20) + "Here is green tea again. " + Filler(20);
  const std::size_t late = text.find("green");
  const std::vector<FoundWord> found = {Find(text, "Tea", 0),         Find(text, "tea", 0, 4),
                                        Find(text, "tea", 0, 8),      Find(text, "tea", 0, 12),
                                        Find(text, "green", 1, late), Find(text, "tea", 0, late)};
  const PassageWindow window = BestWindow(text, found, Words(2));
  EXPECT_NE(Shown(text, window).find("green tea"), std::string::npos);
}

TEST(PassageWindow, BeginsAndEndsWithSentences) {
  const std::string text = Filler(10) + "The tea was green. " + Filler(10);
  const std::vector<FoundWord> found = {Find(text, "tea", 0)};
  const PassageWindow window = BestWindow(text, found, Words(1));
  EXPECT_TRUE(window.starts_sentence);
  EXPECT_TRUE(window.ends_sentence);
  EXPECT_EQ(Shown(text, window).find("The tea was green."), 0U);
  EXPECT_EQ(Shown(text, window).back(), '.');
  EXPECT_LE(Shown(text, window).size(), kPassageCharacters);
}

TEST(PassageWindow, AnAbbreviationEndsNoSentence) {
  for (const std::string before :
       {"we call upon the U.S. ", "we ask Dr. ", "según el art. ", "signed by J. "}) {
    const std::string text = Filler(4) + "As friends " + before + "Government of tea to act. " + Filler(4);
    const std::vector<FoundWord> found = {Find(text, "tea", 0)};
    const PassageWindow window = BestWindow(text, found, Words(1));
    EXPECT_EQ(Shown(text, window).find("As friends"), 0U) << Shown(text, window);
  }
}

TEST(PassageWindow, CutsALongSentenceBetweenWords) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word" + std::to_string(i) + " ";
  const std::vector<FoundWord> found = {Find(text, "word50", 0)};
  const PassageWindow window = BestWindow(text, found, Words(1));
  EXPECT_FALSE(window.starts_sentence);
  EXPECT_FALSE(window.ends_sentence);
  EXPECT_EQ(text[window.begin - 1], ' ');
  EXPECT_EQ(text[window.end], ' ');
}

TEST(PassageWindow, NeverCutsACharacter) {
  std::string text;
  for (int i = 0; i < 600; ++i) text += "字";
  const std::vector<FoundWord> found = {{.begin = 900, .end = 906, .position = 300, .word = 0}};
  const PassageWindow window = BestWindow(text, found, Words(1));
  EXPECT_EQ(window.begin % 3, 0U);
  EXPECT_EQ(window.end % 3, 0U);
  EXPECT_GE(window.end - window.begin, 3 * 200U);
}

TEST(PassageWindow, TheOpeningSkipsShortLinesAboveTheText) {
  const std::string real =
      "In just one month since the government came to power, at least 48 civilians have been killed "
      "in the context of protests.";
  const std::string text = "Download the statement here.\n\n" + real + "\n";
  EXPECT_EQ(Shown(text, OpeningWindow(text)), real);
}

TEST(PassageWindow, TheOpeningOfAPoemIsItsFirstLine) {
  EXPECT_EQ(Shown("One line.\nAnother.\n", OpeningWindow("One line.\nAnother.\n")), "One line.\nAnother.");
}

TEST(PassageWindow, NothingFoundInNothing) {
  const PassageWindow window = BestWindow("", {}, Words(1));
  EXPECT_EQ(window.begin, window.end);
}

TEST(PassageWindow, ReachesOverNoHeading) {
  const std::string before = "The part before. " + Filler(1) + "\n";
  const std::string part = "Tea\nGreen tea is made from leaves.\n";
  const std::string text = before + part + "Coffee\nCoffee is made from beans. " + Filler(3);
  const auto begin = static_cast<std::uint32_t>(before.size());
  const std::vector<std::uint32_t> headings = {begin, begin + static_cast<std::uint32_t>(part.size())};
  const PassageWindow window =
      BestWindow(text, std::vector<FoundWord>{Find(text, "leaves", 0)}, Words(1), headings);
  EXPECT_EQ(Shown(text, window), "Green tea is made from leaves.");
  EXPECT_TRUE(window.starts_sentence);
  EXPECT_TRUE(window.ends_sentence);
  // A heading that is found is shown with what stands below it.
  const PassageWindow heading =
      BestWindow(text, std::vector<FoundWord>{Find(text, "Tea", 0)}, Words(1), headings);
  EXPECT_EQ(Shown(text, heading), "Tea\nGreen tea is made from leaves.");
  // Words on both sides of one are shown together.
  const PassageWindow both = BestWindow(
      text, std::vector<FoundWord>{Find(text, "leaves", 0), Find(text, "beans", 1)}, Words(2), headings);
  EXPECT_EQ(Shown(text, both).find("leaves.\nCoffee\nCoffee is made from beans.") != std::string::npos, true);
  EXPECT_EQ(Shown(text, OpeningWindow(text, headings)), before.substr(0, before.size() - 2));
}

}  // namespace
}  // namespace quipu::search
