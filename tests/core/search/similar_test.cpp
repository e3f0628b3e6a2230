// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/similar.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

class SimilarTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents = {
        Text("tea1", "Green tea", "Green tea is brewed from steamed leaves of the camellia plant."),
        Text("tea2", "Black tea", "Black tea is brewed from oxidised leaves of the camellia plant."),
        Text("tea3", "A plant", "The camellia is a plant with glossy leaves."),
        Text("law1", "Human rights", "The court heard a case about human rights and police violence."),
        Text("law2", "The court", "Police violence was the case that the court heard."),
        Text("alone", "Zzyzx", "Qwertyuiop asdfghjkl."),
        Text("empty", "", ""),
    };
    for (int i = 0; i < 20; ++i)
      documents.push_back(Text("x" + std::to_string(i), "Filler", "The weather of day " + std::to_string(i)));
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }
  static SearchResult Like(const std::string& id, std::uint32_t limit = 20, double threshold = 0) {
    auto result = index_->Similar({.id = id, .limit = limit, .score_threshold = threshold});
    if (!result) throw std::runtime_error(result.error().message);
    return std::move(*result);
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* SimilarTest::files_ = nullptr;
SearchIndex* SimilarTest::index_ = nullptr;

TEST_F(SimilarTest, FindsWhatSharesTheTellingWords) {
  const SearchResult tea = Like("tea1");
  EXPECT_EQ(Ids(tea), "tea2 tea3");
  EXPECT_GT(tea.hits[0].score, tea.hits[1].score);
  EXPECT_LE(tea.hits[0].score, 1.0);
  EXPECT_EQ(tea.total, 2U);
  EXPECT_EQ(Ids(Like("law1")), "law2");
}

TEST_F(SimilarTest, FindsNothingLikeWhatStandsAlone) {
  EXPECT_EQ(Ids(Like("alone")), "");
  EXPECT_EQ(Ids(Like("empty")), "");
}

TEST_F(SimilarTest, HasAWindowAndAThreshold) {
  EXPECT_EQ(Ids(Like("tea1", 1)), "tea2");
  const double second = Like("tea1").hits.at(1).score;
  EXPECT_EQ(Ids(Like("tea1", 20, second + 0.01)), "tea2");
}

TEST_F(SimilarTest, RefusesAnUnknownDocument) {
  const auto result = index_->Similar({.id = "nope"});
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, Code::kDocumentNotFound);
}

}  // namespace
}  // namespace quipu::search
