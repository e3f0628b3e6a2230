// SPDX-License-Identifier: GPL-2.0-or-later
#include "bench/relevance/measures.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace quipu::bench {
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

void AddQuery(const Judgements& judged, const std::vector<std::string>& order, Measures& sum) {
  const auto relevant = static_cast<double>(
      std::count_if(judged.begin(), judged.end(), [](const auto& entry) { return entry.second > 0; }));
  if (relevant == 0) return;
  ++sum.queries;
  double gained = 0;
  double precision = 0;
  double found = 0;
  double found_100 = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const double gain = GainAt(judged, order[i]);
    if (gain <= 0) continue;
    ++found;
    precision += found / static_cast<double>(i + 1);
    if (i < 100) ++found_100;
    if (i < 10) gained += gain / std::log2(static_cast<double>(i) + 2);
  }
  sum.ndcg_10 += gained / IdealGain(judged);
  sum.map += precision / relevant;
  sum.recall_100 += found_100 / relevant;
}

}  // namespace

Measures Evaluate(const Qrels& qrels, const Run& run) {
  Measures sum;
  for (const auto& [query, judged] : qrels) {
    const auto answered = run.find(query);
    AddQuery(judged, answered == run.end() ? std::vector<std::string>() : answered->second, sum);
  }
  const double queries = static_cast<double>(std::max<std::size_t>(1, sum.queries));
  sum.ndcg_10 /= queries;
  sum.map /= queries;
  sum.recall_100 /= queries;
  return sum;
}

}  // namespace quipu::bench
