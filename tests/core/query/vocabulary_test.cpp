// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/vocabulary.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "core/query/near_words.h"

namespace quipu::query {
namespace {

// The plain definition: optimal string alignment over the whole table.
int Distance(const std::u16string& a, const std::u16string& b) {
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<int>(i + j);
        continue;
      }
      d[i][j] =
          std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  }
  return d[a.size()][b.size()];
}

int PrefixDistance(const std::u16string& typed, const std::u16string& word) {
  int best = 100;
  for (std::size_t n = 0; n <= word.size(); ++n) best = std::min(best, Distance(typed, word.substr(0, n)));
  return best;
}

// Words of few letters, so that many are near each other; some with letters of two bytes.
std::string RandomWord(std::mt19937& random) {
  static const std::vector<std::string> kLetters = {"a", "b", "c", "d", "ñ", "я"};
  std::string word;
  const std::size_t length = 3 + random() % 7;
  for (std::size_t i = 0; i < length; ++i) word += kLetters[random() % kLetters.size()];
  return word;
}

Vocabulary RandomVocabulary(std::mt19937& random, std::vector<std::string>& words) {
  std::set<std::string> distinct;
  while (distinct.size() < 800) distinct.insert(RandomWord(random));
  words.assign(distinct.begin(), distinct.end());
  std::vector<Vocabulary::Entry> entries;
  for (const std::string& word : words)
    entries.push_back({.folded = word, .frequency = static_cast<std::uint32_t>(1 + random() % 50)});
  std::shuffle(entries.begin(), entries.end(), random);
  return Vocabulary(std::move(entries));
}

std::map<std::string, int> Found(const Vocabulary& vocabulary,
                                 const std::vector<Vocabulary::Neighbour>& neighbours) {
  std::map<std::string, int> found;
  for (const auto& neighbour : neighbours) found[vocabulary.Word(neighbour.number)] = neighbour.edits;
  return found;
}

class NearWords : public testing::TestWithParam<int> {};

TEST_P(NearWords, AreThoseThatTheWholeTableFinds) {
  std::mt19937 random(static_cast<unsigned>(GetParam()));
  std::vector<std::string> words;
  const Vocabulary vocabulary = RandomVocabulary(random, words);
  for (int round = 0; round < 60; ++round) {
    const std::string sought = RandomWord(random);
    const int edits = 1 + round % 2;
    std::map<std::string, int> near;
    std::map<std::string, int> beginning;
    for (const std::string& word : words) {
      if (word == sought) continue;
      const int distance = Distance(LettersOf(sought), LettersOf(word));
      if (distance <= edits) near[word] = distance;
      const int prefix = PrefixDistance(LettersOf(sought), LettersOf(word));
      if (prefix <= edits) beginning[word] = prefix;
    }
    EXPECT_EQ(Found(vocabulary, vocabulary.FindNear(sought, edits, 1000)), near) << sought << ' ' << edits;
    EXPECT_EQ(Found(vocabulary, vocabulary.FindNearPrefix(sought, edits, 1000)), beginning) << sought;
  }
}
INSTANTIATE_TEST_SUITE_P(Vocabulary, NearWords, testing::Range(1, 6));

Vocabulary Small() {
  return Vocabulary({{"fuerza", 40},
                     {"fuera", 9},
                     {"puerta", 5},
                     {"derechos", 30},
                     {"derecho", 12},
                     {"covid19", 3},
                     {"c++", 2},
                     {"東京", 8},
                     {"a", 100},
                     {"de", 90}});
}

TEST(Vocabulary, HoldsWordsThatCanBeMisspelt) {
  const Vocabulary words = Small();
  EXPECT_EQ(words.size(), 6U);
  for (const char* absent : {"covid19", "c++", "東京", "a", "fuerz", ""})
    EXPECT_FALSE(words.Find(absent)) << absent;
  ASSERT_TRUE(words.Find("fuerza"));
  EXPECT_EQ(words.Frequency(*words.Find("fuerza")), 40U);
  EXPECT_GT(words.bytes(), 60U);
}

TEST(Vocabulary, OrdersByEditsThenByFrequency) {
  const Vocabulary words = Small();
  const auto near = words.FindNear("fuerrza", 2, 10);
  ASSERT_EQ(near.size(), 2U);
  EXPECT_EQ(words.Word(near[0].number), "fuerza");
  EXPECT_EQ(words.Word(near[1].number), "fuera");
  EXPECT_EQ(words.FindNear("fuerrza", 2, 1).size(), 1U);
}

TEST(Vocabulary, TheFirstLetterMayBeWrong) {
  const Vocabulary words = Small();
  const auto near = words.FindNear("guerza", 1, 10);
  ASSERT_EQ(near.size(), 1U);
  EXPECT_EQ(words.Word(near[0].number), "fuerza");
}

TEST(Vocabulary, FindsPrefixes) {
  const Vocabulary words = Small();
  const auto [first, last] = words.WithPrefix("fue");
  EXPECT_EQ(last - first, 2U);
  const auto [none, end] = words.WithPrefix("fuez");
  EXPECT_EQ(none, end);
}

TEST(Vocabulary, WritesAWordAsMostDocumentsDo) {
  Vocabulary words({{"acusacion", 10}, {"nino", 10}, {"peru", 10}});
  words.NoteWritten({{"acusación", 9}, {"niño", 4}, {"niñó", 1}, {"perú", 6}});
  EXPECT_EQ(words.Written(*words.Find("acusacion")), "acusación");
  EXPECT_EQ(words.Written(*words.Find("nino")), "nino");
  EXPECT_EQ(words.Written(*words.Find("peru")), "perú");
}

struct Slip {
  const char* name;
  const char16_t* typed;
  const char16_t* likelier;
  const char16_t* other;
};
class TypingCosts : public testing::TestWithParam<Slip> {};

TEST_P(TypingCosts, AreLowerForTheLikelierSlip) {
  EXPECT_LT(TypingCost(GetParam().typed, GetParam().likelier),
            TypingCost(GetParam().typed, GetParam().other));
}

const Slip kSlips[] = {
    {"NeighbourKey", u"hpuse", u"house", u"hkuse"},       {"SoundsAlike", u"fuersa", u"fuerza", u"fuerta"},
    {"Doubled", u"necesary", u"necessary", u"neckesary"}, {"Mute", u"ablar", u"hablar", u"tablar"},
    {"Exchanged", u"thier", u"their", u"thief"},          {"NotTheFirstLetter", u"rat", u"ram", u"pat"},
};
INSTANTIATE_TEST_SUITE_P(NearWords, TypingCosts, testing::ValuesIn(kSlips),
                         [](const auto& tested) { return std::string(tested.param.name); });

}  // namespace
}  // namespace quipu::query
