// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace quipu::search {

using Judgements = std::map<std::string, double>;             // document → gain; 0 and less: not relevant
using Qrels = std::map<std::string, Judgements>;              // query → judgements
using Run = std::map<std::string, std::vector<std::string>>;  // query → documents in order

/// As trec_eval computes them: linear gain, discount log2(rank + 1). Of one query, or means.
struct Measures {
  double ndcg_10 = 0;
  double mrr = 0;
  double map = 0;
  double recall_100 = 0;
  double precision_10 = 0;
  std::size_t queries = 0;
};

/// Of one query; `queries` is 0 if nothing is relevant to it, else 1.
Measures EvaluateQuery(const Judgements& judged, const std::vector<std::string>& order);

/// Means over the queries that have a relevant document; a query without an answer counts 0.
Measures Evaluate(const Qrels& qrels, const Run& run);

}  // namespace quipu::search
