// SPDX-License-Identifier: GPL-2.0-or-later
// What a search may ask beside its query: a least score, the newest first, scores alone.
#include <gtest/gtest.h>

#include <string>

#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

class AnswerOptionsTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents;
    for (int i = 0; i < 30; ++i) {
      documents.push_back(Text("d" + std::to_string(i), i % 3 == 0 ? "Tea" : "Other",
                               "Here is tea" + std::string(i % 5 == 0 ? ", tea and tea again." : ".")));
      documents.back().date = i % 2 == 0 ? "20" + std::to_string(10 + i) + "-05-01" : "";
    }
    documents.push_back(Text("same-b", "B", "Same day", "en"));
    documents.push_back(Text("same-a", "A", "Same day", "en"));
    documents[30].date = documents[31].date = "2020-01-01";
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* AnswerOptionsTest::files_ = nullptr;
SearchIndex* AnswerOptionsTest::index_ = nullptr;

TEST_F(AnswerOptionsTest, HitsBelowAScoreAreNeitherShownNorCounted) {
  SearchRequest all;
  all.q = "tea ";
  all.limit = 100;
  const SearchResult every = Ask(*index_, all);
  ASSERT_EQ(every.total, 30U);
  for (const double threshold : {0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}) {
    std::uint64_t expected = 0;
    for (const Hit& hit : every.hits) expected += hit.score >= threshold ? 1 : 0;
    for (const std::uint32_t limit : {100U, 3U, 0U}) {
      SearchRequest some = all;
      some.limit = limit;
      some.score_threshold = threshold;
      const SearchResult result = Ask(*index_, some);
      EXPECT_EQ(result.total, expected) << threshold << " " << limit;
      EXPECT_TRUE(result.total_is_exact);
      EXPECT_EQ(result.hits.size(), std::min<std::uint64_t>(limit, expected));
    }
  }
}

TEST_F(AnswerOptionsTest, TheNewestComeFirstThenById) {
  SearchRequest request;
  request.q = "same day ";
  request.newest_first = true;
  request.matching_strategy = MatchingStrategy::kAll;
  EXPECT_EQ(Ids(Ask(*index_, request)), "same-a same-b");
  request.q = "tea ";
  request.limit = 3;
  EXPECT_EQ(Ids(Ask(*index_, request)), "d28 d26 d24");
  request.offset = 15;
  EXPECT_EQ(Ids(Ask(*index_, request)), "d1 d11 d13") << "those without a date come last";
}

TEST_F(AnswerOptionsTest, ScoresAloneAreThoseOfTheWholeAnswer) {
  SearchRequest request;
  request.q = "tea ";
  const SearchResult whole = Ask(*index_, request);
  request.scores_only = true;
  const SearchResult scores = Ask(*index_, request);
  ASSERT_EQ(scores.hits.size(), whole.hits.size());
  for (std::size_t i = 0; i < whole.hits.size(); ++i) {
    EXPECT_EQ(scores.hits[i].docid, whole.hits[i].docid);
    EXPECT_EQ(scores.hits[i].score, whole.hits[i].score);
    EXPECT_TRUE(scores.hits[i].document.id.empty());
  }
}

TEST_F(AnswerOptionsTest, StagesHaveTimes) {
  const SearchResult result = Ask(*index_, "tea");
  ASSERT_GE(result.times.size(), 3U);
  EXPECT_EQ(result.times[0].name, "search > read query");
  for (const StageTime& time : result.times) EXPECT_GE(time.nanoseconds, 0);
}

// A query of which an index has only some words must not look as good there as where all are found.
TEST(Scores, AreComparableAcrossIndexes) {
  const SmallIndex with;
  with.Put({Text("both", "Tea leaves", "Leaves of tea."), Text("one", "Leaves", "Leaves of a tree.")}, true);
  const SmallIndex without;
  without.Put({Text("one", "Leaves", "Leaves of a tree."), Text("none", "Stones", "Stones.")}, true);
  const SearchIndex first({}, with.root());
  const SearchIndex second({}, without.root());
  const SearchResult a = Ask(first, "tea leaves ");
  const SearchResult b = Ask(second, "tea leaves ");
  ASSERT_EQ(a.hits.at(0).document.id, "both");
  ASSERT_EQ(b.hits.at(0).document.id, "one");
  EXPECT_GT(a.hits[0].score, b.hits[0].score);
  EXPECT_LT(b.hits[0].score, 0.5) << "half of the words at most";
}

}  // namespace
}  // namespace quipu::search
