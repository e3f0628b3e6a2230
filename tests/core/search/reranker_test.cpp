// SPDX-License-Identifier: GPL-2.0-or-later
// The order of the best: words that stand together, and what the best have in common.
#include "core/search/reranker.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/search/feedback.h"
#include "core/search/searcher.h"
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

// Some documents in one database, the rest in another, asked as one.
TEST_F(RerankerTest, TwoDatabasesAskedAsOneGiveTheOrderOfOneThatHasAll) {
  const SmallIndex left;
  const SmallIndex right;
  const SmallIndex whole;
  std::vector<schema::Document> all;
  for (int i = 0; i < 60; ++i) {
    std::string body = i % 9 == 4 ? "copper wire is a metal" : "copper is a metal and what of any wire";
    // Each as long as no other: no two weigh the same.
    for (int word = 0; word < i; ++word) body += " filler";
    all.push_back(Text("d" + std::to_string(100 + i), "", body));
  }
  whole.Put(all, true);
  std::vector<schema::Document> even;
  std::vector<schema::Document> odd;
  for (std::size_t i = 0; i < all.size(); ++i) (i % 2 == 0 ? even : odd).push_back(all[i]);
  left.Put(even, true);
  right.Put(odd, true);

  const auto order = [](index::IndexReader& reader) {
    text::Analyzer analyzer;
    SearchRequest request;
    request.q = "copper wire ";
    request.limit = 50;
    request.passages = 0;
    std::vector<std::string> ids;
    // Texts are found by their numbers, which two databases do not share.
    request.scores_only = true;
    const auto result = Searcher(reader, analyzer, {"en"}).Search(request);
    for (const Hit& hit : result.value().hits) ids.push_back(reader.StoredDocument(hit.docid).id);
    return ids;
  };
  auto one = index::IndexReader::Open(whole.root());
  auto first = index::IndexReader::Open(left.root());
  auto second = index::IndexReader::Open(right.root());
  ASSERT_TRUE(one && first && second);
  Xapian::Database joined;
  joined.add_database(first->database());
  joined.add_database(second->database());
  index::IndexReader both = index::IndexReader::Over(joined, 1);
  const std::vector<std::string> expected = order(*one);
  ASSERT_EQ(expected.size(), 50U);
  // Longer, but its words stand together.
  EXPECT_LT(std::find(expected.begin(), expected.end(), "d104"),
            std::find(expected.begin(), expected.end(), "d101"));
  EXPECT_EQ(order(both), expected);
}

TEST(Reranking, ACommitThatInterferesIsThrownOnAndTheSearchRepeated) {
  const SmallIndex files;
  std::vector<schema::Document> documents;
  for (int i = 0; i < 200; ++i) {
    std::string body = i % 50 == 7 ? "copper wire is a metal" : "copper is a metal and what of any wire";
    documents.push_back(Text("d" + std::to_string(i), "", body));
  }
  files.Put(documents, true);
  auto reader = index::IndexReader::Open(files.root());
  ASSERT_TRUE(reader);
  text::Analyzer analyzer;
  Searcher searcher(*reader, analyzer, {"en"});
  SearchRequest request;
  request.q = "copper wire ";
  const auto ids = [&] { return Ids(*searcher.Search(request)).substr(0, 8); };
  EXPECT_EQ(ids(), "d7 d57 d");
  const SearchIndex index({}, files.root());
  // What a reader holds is overwritten by the second commit after its own.
  bool thrown = false;
  for (int commit = 0; commit < 8; ++commit) {
    for (schema::Document& document : documents) document.body += " again";
    files.Put(documents);
    try {
      ids();
    } catch (const Xapian::DatabaseModifiedError&) {
      thrown = true;
    }
    EXPECT_EQ(Ids(Ask(index, request)).substr(0, 8), "d7 d57 d");
  }
  EXPECT_TRUE(thrown);
  reader->Reopen();
  EXPECT_EQ(ids(), "d7 d57 d");
}

}  // namespace
}  // namespace quipu::search
