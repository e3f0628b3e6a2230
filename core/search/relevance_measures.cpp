// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/relevance_measures.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace quipu::search {
namespace {

double GainAt(const Judgements& judged, const std::string& document) {
  const auto found = judged.find(document);
  return found == judged.end() ? 0 : std::max(0.0, found->second);
}

double IdealGain(const Judgements& judged) {
  std::vector<double> gains;
  for (const auto& [document, gain] : judged) gains.push_back(std::max(0.0, gain));
  std::sort(gains.begin(), gains.end(), std::greater<>());
  double ideal = 0;
  for (std::size_t i = 0; i < gains.size() && i < 10; ++i)
    ideal += gains[i] / std::log2(static_cast<double>(i) + 2);
  return ideal;
}

}  // namespace

Measures EvaluateQuery(const Judgements& judged, const std::vector<std::string>& order) {
  Measures measures;
  const auto relevant = static_cast<double>(
      std::count_if(judged.begin(), judged.end(), [](const auto& entry) { return entry.second > 0; }));
  if (relevant == 0) return measures;
  measures.queries = 1;
  double found = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double gain = GainAt(judged, order[i]);
    if (gain <= 0) continue;
    const auto rank = static_cast<double>(i + 1);
    ++found;
    if (found == 1) measures.mrr = 1 / rank;
    measures.map += found / rank / relevant;
    if (i < 100) measures.recall_100 += 1 / relevant;
    if (i < 10) measures.precision_10 += 0.1;
    if (i < 10) measures.ndcg_10 += gain / std::log2(rank + 1);
  }
  measures.ndcg_10 /= IdealGain(judged);
  return measures;
}

Measures Evaluate(const Qrels& qrels, const Run& run) {
  Measures mean;
  for (const auto& [query, judged] : qrels) {
    const auto answered = run.find(query);
    const Measures one =
        EvaluateQuery(judged, answered == run.end() ? std::vector<std::string>() : answered->second);
    mean.queries += one.queries;
    mean.ndcg_10 += one.ndcg_10;
    mean.mrr += one.mrr;
    mean.map += one.map;
    mean.recall_100 += one.recall_100;
    mean.precision_10 += one.precision_10;
  }
  const auto queries = static_cast<double>(std::max<std::size_t>(1, mean.queries));
  for (double* sum : {&mean.ndcg_10, &mean.mrr, &mean.map, &mean.recall_100, &mean.precision_10})
    *sum /= queries;
  return mean;
}

}  // namespace quipu::search
