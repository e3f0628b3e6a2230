// SPDX-License-Identifier: GPL-2.0-or-later
// The order of the best: words that stand together, and what the best have in common.
#include "core/search/reranker.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/search/feedback.h"
#include "tests/core/search/small_index.h"

namespace quipu::search {
namespace {

using Positions = std::vector<std::uint32_t>;

TEST(CountNear, CountsThePlacesOfTheRarerWordThatHaveTheOtherNearby) {
  EXPECT_EQ(CountNear(Positions{10}, Positions{5, 15}, 5), 1);
  EXPECT_EQ(CountNear(Positions{10}, Positions{4, 16}, 5), 0);
  EXPECT_EQ(CountNear(Positions{1, 20, 40}, Positions{2, 21, 22, 90}, 3), 2);
  EXPECT_EQ(CountNear(Positions{2, 21, 22, 90}, Positions{1, 20, 40}, 3), 2);
  EXPECT_EQ(CountNear(Positions{}, Positions{1}, 3), 0);
}

TEST(CountNear, AWordIsNotItsOwnNeighbour) {
  EXPECT_EQ(CountNear(Positions{7}, Positions{7}, 5), 0);
  EXPECT_EQ(CountNear(Positions{7}, Positions{7, 8}, 5), 1);
}

std::vector<Candidate> WithWeights(const std::vector<double>& weights) {
  std::vector<Candidate> documents;
  for (const double weight : weights)
    documents.push_back({static_cast<Xapian::docid>(documents.size() + 1), weight});
  return documents;
}

TEST(Flatness, GrowsWithTheWeightOfTheLastOfTheBest) {
  const FeedbackShape shape{.share = 1, .documents = 3, .flat_from = 0.2, .flat_to = 0.6};
  EXPECT_DOUBLE_EQ(Flatness(WithWeights({10, 9, 2}), shape), 0);
  EXPECT_DOUBLE_EQ(Flatness(WithWeights({10, 9, 4}), shape), 0.5);
  EXPECT_DOUBLE_EQ(Flatness(WithWeights({10, 9, 8, 1}), shape), 1);
}

TEST(Flatness, IsNothingForFewDocuments) {
  const FeedbackShape shape{.share = 1, .documents = 3};
  EXPECT_EQ(Flatness(WithWeights({10, 10}), shape), 0);
  EXPECT_EQ(Flatness({}, shape), 0);
}

// All documents with both words have them equally often; in few of them they stand together.
class RerankerTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    files_ = new SmallIndex;
    std::vector<schema::Document> documents;
    for (int i = 0; i < 130; ++i) {
      const std::string apart = "copper is a metal and nothing else is to be said here of any wire at all";
      const std::string near = "copper wire is a metal and nothing else is to be said here of any at all";
      documents.push_back(Text("d" + std::to_string(i), "", i % 20 == 13 ? near : apart));
    }
    for (int i = 0; i < 20; ++i) documents.push_back(Text("x" + std::to_string(i), "", "only copper, alone"));
    for (int i = 0; i < 200; ++i) documents.push_back(Text("o" + std::to_string(i), "", "something other"));
    files_->Put(documents, true);
    index_ = new SearchIndex({}, files_->root());
  }
  static void TearDownTestSuite() {
    delete index_;
    delete files_;
  }

  static SearchRequest Request(std::uint32_t offset, std::uint32_t limit) {
    SearchRequest request;
    request.q = "copper wire ";
    request.offset = offset;
    request.limit = limit;
    request.passages = 0;
    request.fold_duplicates = false;
    return request;
  }
  static std::vector<std::string> Order(const SearchRequest& request) {
    std::vector<std::string> order;
    for (const Hit& hit : Ask(*index_, request).hits) order.push_back(hit.document.id);
    return order;
  }

  static SmallIndex* files_;
  static SearchIndex* index_;
};
SmallIndex* RerankerTest::files_ = nullptr;
SearchIndex* RerankerTest::index_ = nullptr;

TEST_F(RerankerTest, WordsThatStandTogetherComeFirst) {
  EXPECT_EQ(Order(Request(0, 3)), (std::vector<std::string>{"d13", "d33", "d0"}));
}

TEST_F(RerankerTest, PagesOfAnySizeAreCutFromOneOrder) {
  const std::vector<std::string> whole = Order(Request(0, 150));
  ASSERT_EQ(whole.size(), 150U);
  for (const std::uint32_t size : {1U, 7U, 10U, 39U, 40U, 41U}) {
    std::vector<std::string> joined;
    for (std::uint32_t offset = 0; offset < 150; offset += size) {
      for (std::string& id : Order(Request(offset, std::min(size, 150 - offset))))
        joined.push_back(std::move(id));
    }
    EXPECT_EQ(joined, whole) << size;
  }
}

TEST_F(RerankerTest, CountingEveryMatchChangesNoOrder) {
  SearchRequest counted = Request(0, 60);
  counted.exact_total = true;
  EXPECT_EQ(Order(counted), Order(Request(0, 60)));
  EXPECT_EQ(Ask(*index_, counted).total, 150U);
}

TEST_F(RerankerTest, ScoresFallAndTheirPartsAddUp) {
  SearchRequest request = Request(0, 60);
  request.score_details = true;
  double before = 1;
  for (const Hit& hit : Ask(*index_, request).hits) {
    EXPECT_LE(hit.score, before);
    before = hit.score;
    double sum = 0;
    for (const ScorePart& part : hit.score_parts) sum += part.score;
    EXPECT_NEAR(sum, hit.score, 1e-6) << hit.document.id;
  }
}

TEST_F(RerankerTest, AThresholdLeavesOutTheLastAndChangesNoOrder) {
  const SearchResult all = Ask(*index_, Request(0, 150));
  SearchRequest request = Request(0, 150);
  request.score_threshold = (all.hits[0].score + all.hits[149].score) / 2;
  const SearchResult some = Ask(*index_, request);
  ASSERT_EQ(some.hits.size(), 130U);
  EXPECT_EQ(some.total, 130U);
  for (std::size_t i = 0; i < some.hits.size(); ++i) EXPECT_EQ(some.hits[i].docid, all.hits[i].docid);
}

TEST_F(RerankerTest, WhatIsSortedKeepsItsOrder) {
  SearchRequest request = Request(0, 5);
  request.newest_first = true;
  EXPECT_EQ(Order(request), (std::vector<std::string>{"d0", "d1", "d10", "d100", "d101"}));
}

}  // namespace
}  // namespace quipu::search
