// SPDX-License-Identifier: GPL-2.0-or-later
// A file of judgments of any bytes gives finite grades of named documents and measures from 0 to 1, or its
// fault is told with a line.
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/judgment_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto queries = quipu::search::ParseQueries(text);
  if (!queries && !queries.error().message.starts_with("line ")) std::abort();
  const auto qrels = quipu::search::ParseJudgments(text);
  if (!qrels) {
    if (!qrels.error().message.starts_with("line ")) std::abort();
    return 0;
  }
  for (const auto& [query, judged] : *qrels) {
    std::vector<std::string> order;
    for (const auto& [document, grade] : judged) {
      if (document.empty() || std::trunc(grade) != grade) std::abort();
      order.push_back(document);
    }
    const auto measures = quipu::search::EvaluateQuery(judged, order);
    for (const double value :
         {measures.ndcg_10, measures.mrr, measures.map, measures.recall_100, measures.precision_10}) {
      if (!(value >= 0 && value <= 1 + 1e-9)) std::abort();
    }
  }
  return 0;
}
