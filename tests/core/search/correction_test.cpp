// SPDX-License-Identifier: GPL-2.0-or-later
// Misspelt words as a person meets them.
#include "core/query/correction.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

class CorrectionTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents = {
        Text("force", "Use of force", "Uso de la fuerza desproporcionada contra manifestantes.", "es"),
        Text("accusation", "Informe", "La acusación contra el Perú fue presentada en Ginebra.", "es"),
        Text("rights", "Human rights", "Everybody has human rights, wherever they live.", "en"),
        Text("website", "The website", "Our website shows documents and nothing else.", "en"),
        Text("covid", "Covid19", "The year of covid19 was long.", "en"),
        Text("тест", "Москва", "Столица России называется Москва.", "ru"),
        Text("greece", "Greece", "The country of Greece lies in the south.", "en"),
        Text("東京", "東京", "東京大学は日本の大学です。", "ja"),
    };
    // A slip that somebody published, beside the right word in many documents.
    documents.push_back(Text("slip", "Slip", "A comittee met once.", "en"));
    for (int i = 0; i < 24; ++i)
      documents.push_back(Text("c" + std::to_string(i), "Meeting", "The committee met again.", "en"));
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
    ASSERT_TRUE(index_->AwaitWords(std::chrono::seconds(20)));
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* CorrectionTest::files_ = nullptr;
SearchIndex* CorrectionTest::index_ = nullptr;

struct Case {
  const char* name;
  const char* query;
  const char* corrected;  // "": nothing is
  const char* first;      // the first hit; "": there is none
};
class Corrections : public CorrectionTest, public testing::WithParamInterface<Case> {};

TEST_P(Corrections, AreToldAndFind) {
  const SearchResult result = Ask(*index_, GetParam().query);
  EXPECT_EQ(result.corrected ? result.corrected->text : "", GetParam().corrected);
  EXPECT_TRUE(!result.corrected || result.corrected->applied);
  EXPECT_EQ(result.hits.empty() ? "" : result.hits.front().document.id, GetParam().first);
}

const Case kCases[] = {
    {"AReplacedLetter", "fuersa ", "fuerza ", "force"},
    {"ALetterTooMany", "fuerrza ", "fuerza ", "force"},
    {"AMissingLetter", "furza ", "fuerza ", "force"},
    {"ExchangedLetters", "fureza ", "fuerza ", "force"},
    {"AWrongFirstLetter", "guerza ", "fuerza ", "force"},
    {"TwoEditsInALongWord", "desproporsionda ", "desproporcionada ", "force"},
    {"NoTwoEditsInAShortWord", "guersa", "fuerza", "force"},  // but when nothing is found; see below
    {"NothingIsLostBesideIt", "¡fuersa, desproporcionada!", "¡fuerza, desproporcionada!", "force"},
    {"WrittenAsTheDocumentsDo", "acusasion ", "acusación ", "accusation"},
    {"InTheCaseAsTyped", "Acusasión ", "Acusación ", "accusation"},
    {"AWordWithoutAccentsIsNoSlip", "acusacion peru ", "", "accusation"},
    {"AnInflectedFormIsNoSlip", "acusaciones ", "", "accusation"},
    {"OtherScripts", "Мосвка ", "Москва ", "тест"},
    {"WordsWronglyJoined", "humanrights ", "human rights ", "rights"},
    {"WordsWronglyParted", "web site ", "website ", "website"},
    {"WordsThatStandTogetherStayApart", "human rights ", "", "rights"},
    {"TheLastWordWhileItMayGoOn", "fuer", "", "force"},
    {"TheLastWordOnceItCannot", "fuerzs", "fuerza", "force"},
    {"AnUnfinishedWordWithASlip", "despropprci", "desproporcionada", "force"},
    {"NoQuotedWord", "\"fuersa\" ", "", ""},
    {"NoQuotedPhrase", "\"human rihgts\" ", "", ""},
    {"NoWordWithDigits", "covid18 ", "", ""},
    {"NoFieldWord", "title:grece ", "", ""},
    {"NoExcludedWord", "human -rihgts ", "", "rights"},
    {"ARequiredWord", "+fuersa ", "+fuerza ", "force"},
    {"NoIdeographs", "東都 ", "", ""},
    {"NonsenseFindsNothing", "qwzxkjv pflmgrx ", "", ""},
    {"AWordThatTheIndexHardlyKnows", "comittee ", "committee ", "slip"},
};
INSTANTIATE_TEST_SUITE_P(Correction, Corrections, testing::ValuesIn(kCases),
                         [](const auto& tested) { return std::string(tested.param.name); });

TEST_F(CorrectionTest, ExactMatchesComeBeforeCorrectedOnes) {
  const SearchResult result = Ask(*index_, "comittee ");
  EXPECT_EQ(result.hits.front().document.id, "slip");
  EXPECT_EQ(result.total, 25U);
}

TEST_F(CorrectionTest, PassagesShowTheCorrectedWords) {
  const SearchResult result = Ask(*index_, "fuersa desproporsionada ");
  ASSERT_FALSE(result.hits.empty());
  EXPECT_EQ(result.hits[0].passages[0].html,
            "Uso de la <mark>fuerza</mark> <mark>desproporcionada</mark> contra manifestantes.");
}

TEST_F(CorrectionTest, ASplitWordIsMarkedWhereItsPartsStandTogether) {
  const SearchResult result = Ask(*index_, "humanrights ");
  ASSERT_FALSE(result.hits.empty());
  EXPECT_EQ(result.hits[0].title_html, "<mark>Human</mark> <mark>rights</mark>");
}

TEST_F(CorrectionTest, OffSearchesAsTyped) {
  SearchRequest request;
  request.q = "fuersa ";
  request.typos = false;
  const SearchResult result = Ask(*index_, request);
  EXPECT_EQ(result.total, 0U);
  EXPECT_FALSE(result.corrected);
  EXPECT_TRUE(result.relaxed.empty());
}

TEST_F(CorrectionTest, NothingFoundIsLoosenedAndSaid) {
  // Two slips in a word of six letters are looked for only now.
  const SearchResult bolder = Ask(*index_, "guersa ");
  EXPECT_EQ(bolder.relaxed, std::vector<std::string>{"typos"});
  EXPECT_EQ(bolder.corrected->text, "fuerza ");
  EXPECT_TRUE(Ask(*index_, "fuersa ").relaxed.empty());
}

TEST_F(CorrectionTest, WordsThatOccurNowhereAreLeftOutIfNothingElseHelps) {
  // Too common a share of the query to bring a document in, until nothing else does.
  std::string q;
  for (int i = 0; i < 24; ++i) q += "qw" + std::to_string(i) + "zxkj ";
  const SearchResult fewer = Ask(*index_, q + "fuerza ");
  EXPECT_EQ(fewer.relaxed, std::vector<std::string>{"words"});
  EXPECT_EQ(Ids(fewer), "force");
}

TEST_F(CorrectionTest, WhatIsAskedForExplicitlyIsNeverLoosened) {
  for (const char* q :
       {"+fuerza +greece ", "fuerza AND greece ", "\"greece south\" ", "fuerza NEAR/1 manifestantes "}) {
    const SearchResult result = Ask(*index_, q);
    EXPECT_EQ(result.total, 0U) << q;
    EXPECT_TRUE(result.relaxed.empty()) << q;
  }
  SearchRequest all;
  all.q = "greece fuerza ";
  all.matching_strategy = MatchingStrategy::kAll;
  EXPECT_EQ(Ask(*index_, all).total, 0U);
}

// Whatever is typed: no more than a bounded part of the words is looked up.
TEST_F(CorrectionTest, AQueryOfManyMisspeltWordsIsAnswered) {
  std::string q;
  for (int i = 0; i < 100; ++i) q += std::string("desproporsionad") + static_cast<char>('b' + i % 20) + ' ';
  EXPECT_FALSE(Ask(*index_, q).hits.empty());
}

TEST(Vocabulary, FollowsCommitsAndGenerations) {
  const SmallIndex files;
  files.Put({Text("a", "A", "the fuerza")}, true);
  SearchIndex index({}, files.root());
  ASSERT_TRUE(index.AwaitWords(std::chrono::seconds(20)));
  EXPECT_EQ(Ids(Ask(index, "fuersa ")), "a");
  const std::string before = index.AidsTag();
  EXPECT_GT(index.WordsInMemory().first, 0U);
  EXPECT_EQ(Ask(index, "juzticia ").total, 0U);
  files.Put({Text("b", "B", "la justicia")});
  ASSERT_TRUE(index.Refresh());
  ASSERT_TRUE(index.AwaitWords(std::chrono::seconds(20)));
  EXPECT_EQ(Ids(Ask(index, "juzticia ")), "b");
  EXPECT_NE(index.AidsTag(), before) << "caches must not keep what the old words answered";
  files.Put({Text("c", "C", "la democracia")}, true);
  ASSERT_TRUE(index.Refresh());
  ASSERT_TRUE(index.AwaitWords(std::chrono::seconds(20)));
  EXPECT_EQ(Ids(Ask(index, "demicracia ")), "c");
  EXPECT_EQ(Ask(index, "juzticia ").total, 0U);
}

}  // namespace
}  // namespace quipu::search
