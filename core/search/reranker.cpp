// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/reranker.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <utility>

#include "core/search/feedback.h"

namespace quipu::search {
namespace {

// Pairs of ideographs are neighbours in most texts that have both: what stands together in them says nothing
// new (xquad-zh .9576 with such pairs, .9622 without). A phrase has been looked for as a whole.
bool HasNeighbours(const query::SoughtWord& sought) {
  return !sought.word.ideographic && sought.phrase == 0 && !sought.in_field;
}

std::vector<NearWord> WordsToFind(const query::CompiledQuery& compiled) {
  std::vector<NearWord> words;
  for (std::size_t i = 0; i < compiled.typed_words; ++i) {
    const query::SoughtWord& sought = compiled.words[i];
    if (!HasNeighbours(sought)) continue;
    NearWord word{.rarity = sought.rarity, .forms = {sought.word.folded}};
    for (const query::Word& other : sought.instead) word.forms.push_back(other.folded);
    words.push_back(std::move(word));
  }
  return words;
}

void SortByDocid(std::vector<Candidate>& documents) {
  std::sort(documents.begin(), documents.end(),
            [](const Candidate& a, const Candidate& b) { return a.docid < b.docid; });
}

// As Xapian breaks ties.
void SortByWeight(std::vector<Candidate>& documents) {
  std::sort(documents.begin(), documents.end(), [](const Candidate& a, const Candidate& b) {
    return a.weight != b.weight ? a.weight > b.weight : a.docid < b.docid;
  });
}

}  // namespace

Reranker::Reranker(const Xapian::Database& database, const query::CompiledQuery& compiled,
                   const Ranking& ranking)
    : database_(database),
      compiled_(compiled),
      ranking_(ranking),
      words_(compiled.typed_words),
      proximity_(database, WordsToFind(compiled), ranking.proximity) {}

bool Reranker::Useful() const {
  return proximity_.best() > 0 ||
         (ranking_.feedback.share > 0 && words_ >= ranking_.feedback.least_query_words);
}

// 2: pinned, 1: has all the words, 0: others.
int Reranker::TierOf(double weight) const {
  constexpr double kRounding = 1e-9;
  if (weight > compiled_.best_weight * (1 + kRounding)) return 2;
  return compiled_.boost > 0 && weight >= compiled_.boost * (1 - kRounding) ? 1 : 0;
}

void Reranker::AddSharedWords(std::vector<Candidate>& rated, Instant deadline) const {
  const FeedbackShape& shape = ranking_.feedback;
  if (shape.share <= 0 || words_ < shape.least_query_words) return;
  SortByWeight(rated);
  const double flatness = Flatness(rated, shape);
  if (flatness <= 0) return;
  const auto words =
      SharedWords(database_, std::span(rated).first(shape.documents), shape, ranking_.shape, deadline);
  SortByDocid(rated);
  const double most = flatness * shape.share * (compiled_.best_weight - compiled_.boost);
  AddShared(database_, words, {most, ranking_.shape, deadline}, rated);
}

bool Reranker::Reorder(std::vector<Candidate>& best, Instant deadline) const {
  const auto unpinned =
      std::find_if(best.begin(), best.end(), [&](const Candidate& one) { return TierOf(one.weight) < 2; });
  // In order of their tiers, each rated without what it has for being in it.
  std::vector<Candidate> rated;
  const auto others =
      std::find_if(unpinned, best.end(), [&](const Candidate& one) { return TierOf(one.weight) < 1; });
  for (auto one = unpinned; one != best.end(); ++one)
    rated.push_back({one->docid, one->weight - (one < others ? compiled_.boost : 0)});
  std::vector<Xapian::docid> with_all;
  for (auto one = unpinned; one != others; ++one) with_all.push_back(one->docid);
  std::sort(with_all.begin(), with_all.end());
  try {
    SortByDocid(rated);
    proximity_.AddTo(rated, deadline);
    AddSharedWords(rated, deadline);
  } catch (const DeadlinePassed&) {
    return false;
  }
  SortByWeight(rated);
  std::stable_partition(rated.begin(), rated.end(), [&](const Candidate& one) {
    return std::binary_search(with_all.begin(), with_all.end(), one.docid);
  });
  auto place = unpinned;
  for (const Candidate& one : rated) (place++)->docid = one.docid;
  return true;
}

}  // namespace quipu::search
