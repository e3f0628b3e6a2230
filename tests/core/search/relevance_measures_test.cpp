// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/relevance_measures.h"

#include <gtest/gtest.h>

namespace quipu::search {
namespace {

// Worked out by hand from the definitions of trec_eval.
//   q1: a 2, b 1, c 0; answered c a x b.  DCG 2/log2(3) + 1/log2(5) = 1.692537, ideal 2 + 1/log2(3)
//   = 2.630930 q2: d 1, e 1; answered d.             DCG 1, ideal 1.630930 q3: f 1; nothing answered. q4:
//   nothing relevant, counts nowhere
const Qrels kQrels = {{"q1", {{"a", 2}, {"b", 1}, {"c", 0}}},
                      {"q2", {{"d", 1}, {"e", 1}}},
                      {"q3", {{"f", 1}}},
                      {"q4", {{"g", 0}}}};
const Run kRun = {{"q1", {"c", "a", "x", "b"}}, {"q2", {"d"}}, {"q4", {"g"}}};

TEST(EvaluateQuery, IsAsTrecEvalComputesIt) {
  const Measures q1 = EvaluateQuery(kQrels.at("q1"), kRun.at("q1"));
  EXPECT_NEAR(q1.ndcg_10, 0.643323, 1e-6);
  EXPECT_NEAR(q1.mrr, 0.5, 1e-9);
  EXPECT_NEAR(q1.map, 0.5, 1e-9);
  EXPECT_NEAR(q1.recall_100, 1, 1e-9);
  EXPECT_NEAR(q1.precision_10, 0.2, 1e-9);
  const Measures q2 = EvaluateQuery(kQrels.at("q2"), kRun.at("q2"));
  EXPECT_NEAR(q2.ndcg_10, 0.613147, 1e-6);
  EXPECT_NEAR(q2.mrr, 1, 1e-9);
  EXPECT_NEAR(q2.map, 0.5, 1e-9);
  EXPECT_EQ(EvaluateQuery(kQrels.at("q4"), kRun.at("q4")).queries, 0U);
}

TEST(Evaluate, CountsAQueryWithoutAnswerAsZero) {
  const Measures mean = Evaluate(kQrels, kRun);
  EXPECT_EQ(mean.queries, 3U);
  EXPECT_NEAR(mean.ndcg_10, 0.418823, 1e-6);
  EXPECT_NEAR(mean.map, 1.0 / 3, 1e-9);
  EXPECT_NEAR(mean.recall_100, 0.5, 1e-9);
  EXPECT_NEAR(mean.precision_10, 0.1, 1e-9);
  EXPECT_NEAR(mean.mrr, 0.5, 1e-9);
}

TEST(Evaluate, OfNothingIsZero) {
  EXPECT_EQ(Evaluate({}, {}).queries, 0U);
  EXPECT_EQ(Evaluate({}, {}).ndcg_10, 0);
}

}  // namespace
}  // namespace quipu::search
