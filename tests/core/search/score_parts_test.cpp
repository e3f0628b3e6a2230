// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/score_parts.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>
#include <string>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

struct Case {
  std::string name;
  std::string q;
  MatchingStrategy strategy = MatchingStrategy::kAuto;
};

void PrintTo(const Case& c, std::ostream* out) { *out << c.name; }

class ScorePartsTest : public testing::TestWithParam<Case> {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents = {
        Text("green", "Green tea", "Green tea is made from leaves. It is drunk in many lands."),
        Text("black", "Black tea", "Black tea is fully oxidised. The leaves are green before that."),
        Text("coffee", "Coffee", "Coffee is made from beans. Some people like tea better."),
        Text("nino", "Los derechos", "El nino fue visto.", "es"),
        Text("niño", "Los derechos", "El niño fue visto.", "es"),
    };
    for (int i = 0; i < 40; ++i)
      documents.push_back(Text("x" + std::to_string(i), "Filler", "Nothing to say."));
    documents[1].fields["author"] = std::string("Jane Green");
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }
  static SearchResult Explained(const std::string& q, MatchingStrategy strategy = MatchingStrategy::kAuto) {
    SearchRequest request;
    request.q = q;
    request.matching_strategy = strategy;
    request.score_details = true;
    return Ask(*index_, request);
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* ScorePartsTest::files_ = nullptr;
SearchIndex* ScorePartsTest::index_ = nullptr;

TEST_P(ScorePartsTest, AddUpToTheScore) {
  const SearchResult result = Explained(GetParam().q, GetParam().strategy);
  ASSERT_FALSE(result.hits.empty());
  for (const Hit& hit : result.hits) {
    double sum = 0;
    for (const ScorePart& part : hit.score_parts) sum += part.score;
    EXPECT_NEAR(sum, hit.score, 1e-9) << hit.document.id;
    EXPECT_FALSE(hit.score_parts.empty());
  }
}

INSTANTIATE_TEST_SUITE_P(Queries, ScorePartsTest,
                         testing::Values(Case{"Word", "tea "}, Case{"Words", "green tea "},
                                         Case{"Typing", "green te"}, Case{"Prefix", "lea* tea "},
                                         Case{"Phrase", "\"green tea\" leaves "},
                                         Case{"Near", "tea NEAR/5 leaves"},
                                         Case{"Or", "(green AND leaves) OR coffee "},
                                         Case{"Not", "tea -coffee "}, Case{"Accents", "niño "},
                                         Case{"Field", "title:tea body:green "},
                                         Case{"All", "green leaves ", MatchingStrategy::kAll},
                                         Case{"Nested", "(green OR (tea AND (beans OR leaves))) made "}),
                         [](const auto& tested) { return tested.param.name; });

TEST_F(ScorePartsTest, SayWhatTheyAre) {
  const SearchResult result = Explained("niño ");
  ASSERT_EQ(result.hits.at(0).document.id, "niño");
  const auto& parts = result.hits[0].score_parts;
  const auto accents =
      std::find_if(parts.begin(), parts.end(), [](const ScorePart& part) { return part.kind == "accents"; });
  ASSERT_NE(accents, parts.end());
  EXPECT_EQ(accents->words, "niño");
  EXPECT_EQ(accents->documents, 1U);
  EXPECT_EQ(DescribePart(*accents), "`niño` with just these accents, anywhere in the document");

  const auto words = Explained("green tea ").hits.at(0).score_parts;
  EXPECT_EQ(words.at(0).kind, "all words");
  EXPECT_TRUE(std::any_of(words.begin(), words.end(), [](const ScorePart& part) {
    return part.kind == "word" && part.field == "title" && part.words == "tea";
  }));
  const auto phrase = Explained("\"green tea\"").hits.at(0).score_parts;
  EXPECT_EQ(DescribePart(phrase.at(0)).substr(0, 22), "the phrase `green tea`");
}

TEST_F(ScorePartsTest, AreEmptyWhereNothingIsWeighed) {
  for (const Hit& hit : Explained("").hits) EXPECT_TRUE(hit.score_parts.empty());
}

}  // namespace
}  // namespace quipu::search
