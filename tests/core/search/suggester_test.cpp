// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/suggester.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

std::string Shown(const std::vector<Suggestion>& suggestions) {
  std::string shown;
  for (const Suggestion& suggestion : suggestions) {
    shown += shown.empty() ? "" : " | ";
    shown += suggestion.kind == SuggestionKind::kTitle
                 ? "T:"
                 : (suggestion.kind == SuggestionKind::kPhrase ? "P:" : "");
    shown += suggestion.text;
  }
  return shown;
}

Suggester Small() {
  auto words = std::make_shared<query::Vocabulary>(query::Vocabulary({{"derechos", 9},
                                                                      {"derecho", 20},
                                                                      {"humanos", 7},
                                                                      {"peru", 12},
                                                                      {"informe", 15},
                                                                      {"de", 40},
                                                                      {"debate", 3}}));
  words->NoteWritten({{"perú", 10}});
  return Suggester({{"Derechos humanos", "https://example.org/1", 1},
                    {"Informe sobre derechos humanos", "https://example.org/2", 2},
                    {"Perú: crónica", "", 1},
                    {"DERECHOS HUMANOS", "https://example.org/3", 0.5},
                    {"東京大学の研究", "https://example.org/4", 1}},
                   {{"derechos humanos", "derechos humanos", 4}, {"informe sobre", "informe sobre", 2}},
                   std::move(words), 40);
}

struct Case {
  const char* name;
  const char* q;
  std::size_t limit;
  const char* shown;
};
class Suggestions : public testing::TestWithParam<Case> {};

TEST_P(Suggestions, Complete) {
  static const Suggester kSmall = Small();
  EXPECT_EQ(Shown(kSmall.Suggest(GetParam().q, GetParam().limit)), GetParam().shown);
}

const Case kCases[] = {
    {"TitlesThatBeginSoBeforeThoseThatHaveSuchAWord", "derechos h", 10,
     "T:Derechos humanos | T:Informe sobre derechos humanos"},
    {"TitlesPhrasesAndWords", "inf", 10, "T:Informe sobre derechos humanos | P:informe sobre | informe"},
    {"OneLetter", "p", 10, "T:Perú: crónica | perú"},
    {"WithoutAccentsAndCase", "PERU CRO", 10, "T:Perú: crónica"},
    {"AWordInATitle", "cronica", 10, "T:Perú: crónica"},
    {"AFinishedWordGoesOn", "derechos ", 10, "T:Derechos humanos | T:Informe sobre derechos humanos"},
    {"Ideographs", "大学", 10, "T:東京大学の研究"},
    {"ALetterPutRight", "derwchos", 10, "T:Derechos humanos | T:Informe sobre derechos humanos | derechos"},
    {"OneWordPutRightBehindAnother", "derechos hunano", 10,
     "T:Derechos humanos | T:Informe sobre derechos humanos"},
    {"FewerThanThereAre", "d", 2, "T:Derechos humanos | derecho"},
    {"NothingTyped", "", 10, ""},
    {"OnlySigns", " ?! ", 10, ""},
    {"NothingLikeIt", "xyzzyx", 10, ""},
    {"NoneWanted", "d", 0, ""},
};
INSTANTIATE_TEST_SUITE_P(Suggester, Suggestions, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST(Suggester, OffersATitleOnceWithTheAddressOfTheBestDocument) {
  const auto found = Small().Suggest("derechos", 10);
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].text, "Derechos humanos");
  EXPECT_EQ(found[0].url, "https://example.org/1");
  EXPECT_EQ(std::count_if(found.begin(), found.end(),
                          [](const auto& one) { return one.url == "https://example.org/3"; }),
            0);
}

TEST(Suggester, ReadsTitlesAndHeadingsOfAnIndex) {
  const SmallIndex files;
  schema::Document first = Text("a", "Annual report of Peru", "The police and the army.");
  first.segments = {{.begin = 0, .page = 0, .anchor = "x", .heading = "Excessive force"}};
  schema::Document second = Text("b", "Annual report of Chile", "The police.");
  second.segments = first.segments;
  second.boost = 3;
  files.Put({first, second}, true);
  const SearchIndex index({}, files.root());
  ASSERT_TRUE(index.AwaitSuggestions(std::chrono::seconds(20)));
  EXPECT_EQ(
      Shown(*index.Suggest("annual", 10)),
      "T:Annual report of Chile | T:Annual report of Peru | P:annual report | P:annual report of | annual");
  EXPECT_EQ(Shown(*index.Suggest("exces", 10)), "P:excessive force | excessive");
  EXPECT_EQ(Shown(*index.Suggest("polcie", 10)), "police");
}

// A look-up looks at each entry that begins so once, and at nothing else: the time is bounded by that, not
// measured.
TEST(Suggester, AnswersForManyTitles) {
  std::vector<Suggester::Title> titles;
  for (int i = 0; i < 20000; ++i)
    titles.push_back({"Statement " + std::to_string(i) + " about something",
                      "https://example.org/" + std::to_string(i), static_cast<double>(i % 7)});
  const Suggester suggester(std::move(titles), {}, nullptr, 20000);
  const auto found = suggester.Suggest("s", 10);
  ASSERT_EQ(found.size(), 10U);
  EXPECT_EQ(found[0].text, "Statement 1000 about something") << "the highest boost, then in order";
  EXPECT_GT(suggester.bytes(), 100000U);
}

}  // namespace
}  // namespace quipu::search
