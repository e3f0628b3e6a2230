// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/feedback.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "core/query/term_statistics.h"

namespace quipu::search {
namespace {

// Stems without a field are those of the whole document. A number or a letter says nothing by itself.
bool SaysSomething(std::string_view term) {
  if (term.size() < 4 || (term[1] >= 'A' && term[1] <= 'Z')) return false;
  return !std::all_of(term.begin() + 1, term.end(),
                      [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// What the number of occurrences is weighed against, as in BM25.
double Saturation(const Xapian::Database& database, Xapian::docid docid, const query::WeightShape& weights) {
  const double length = database.get_doclength(docid) / std::max(1.0, database.get_avlength());
  return weights.k1 * (1 - weights.b + weights.b * length);
}

void LookAtClock(Instant deadline) {
  if (std::chrono::steady_clock::now() > deadline) throw DeadlinePassed();
}

struct Sum {
  double part = 0;
  std::uint32_t documents = 0;
};

void SumWords(const Xapian::Database& database, Xapian::docid docid, double worth, double k,
              std::unordered_map<std::string, Sum>& sums) {
  auto term = database.termlist_begin(docid);
  const auto end = database.termlist_end(docid);
  // Stems stand together.
  for (term.skip_to("Z"); term != end; ++term) {
    std::string name = *term;
    if (name[0] != 'Z') break;
    if (!SaysSomething(name)) continue;
    const auto wdf = static_cast<double>(term.get_wdf());
    Sum& sum = sums[std::move(name)];
    sum.part += worth * wdf / (wdf + k);
    ++sum.documents;
  }
}

}  // namespace

double Flatness(std::span<const Candidate> best, const FeedbackShape& shape) {
  if (shape.documents == 0 || best.size() < shape.documents || best[0].weight <= 0) return 0;
  const double ratio = best[shape.documents - 1].weight / best[0].weight;
  return std::clamp((ratio - shape.flat_from) / (shape.flat_to - shape.flat_from), 0.0, 1.0);
}

std::vector<SharedWord> SharedWords(const Xapian::Database& database, std::span<const Candidate> best,
                                    const FeedbackShape& shape, const query::WeightShape& weights,
                                    Instant deadline) {
  std::unordered_map<std::string, Sum> sums;
  for (const Candidate& document : best) {
    // The best count for most: the tenth is often about something else.
    const double worth = std::pow(document.weight / best[0].weight, shape.sharpness);
    LookAtClock(deadline);
    if (database.get_doclength(document.docid) > shape.longest_document) continue;
    SumWords(database, document.docid, worth, Saturation(database, document.docid, weights), sums);
  }
  query::TermStatistics statistics(database);
  std::vector<SharedWord> words;
  for (const auto& [term, sum] : sums) {
    if (sum.documents >= 2) words.push_back({term, sum.part * statistics.Rarity(statistics.Frequency(term))});
  }
  std::sort(words.begin(), words.end(), [](const SharedWord& a, const SharedWord& b) {
    return a.part != b.part ? a.part > b.part : a.term < b.term;
  });
  if (words.size() > shape.words) words.resize(shape.words);
  double all = 0;
  for (const SharedWord& word : words) all += word.part;
  for (SharedWord& word : words) word.part /= std::max(all, 1e-9);
  return words;
}

void AddShared(const Xapian::Database& database, std::span<const SharedWord> words,
               const SharedWeight& weight, std::span<Candidate> documents) {
  std::vector<double> k;
  for (const Candidate& document : documents)
    k.push_back(Saturation(database, document.docid, weight.weights));
  for (const SharedWord& word : words) {
    LookAtClock(weight.deadline);
    auto at = database.postlist_begin(word.term);
    const auto end = database.postlist_end(word.term);
    for (std::size_t i = 0; i < documents.size(); ++i) {
      at.skip_to(documents[i].docid);
      if (at == end) break;
      if (*at != documents[i].docid) continue;
      const auto wdf = static_cast<double>(at.get_wdf());
      documents[i].weight += weight.most * word.part * wdf / (wdf + k[i]);
    }
  }
}

}  // namespace quipu::search
