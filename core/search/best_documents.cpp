// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/best_documents.h"

#include <algorithm>

namespace quipu::search {

bool BestDocuments::Better(const Kept& a, const Kept& b) {
  if (a.candidate.weight != b.candidate.weight) return a.candidate.weight > b.candidate.weight;
  return a.candidate.docid < b.candidate.docid;
}

std::uint32_t BestDocuments::GroupOf(Xapian::docid docid) const {
  return copies_ != nullptr && copies_->Has(docid) ? copies_->GroupOf(docid) + 1 : 0;
}

bool BestDocuments::CountCopy(Xapian::docid docid) {
  const std::uint32_t group = copies_->GroupOf(docid);
  if (met_[group]) return false;
  met_[group] = true;
  return true;
}

bool BestDocuments::Offer(Candidate candidate) {
  if (candidate.weight <= least_) return false;
  const Kept offered{candidate, GroupOf(candidate.docid)};
  if (offered.group != 0) {
    const auto copy = std::find_if(heap_.begin(), heap_.end(),
                                   [&](const Kept& kept) { return kept.group == offered.group; });
    if (copy != heap_.end()) {
      if (!Better(offered, *copy)) return false;
      *copy = offered;
      std::make_heap(heap_.begin(), heap_.end(), Better);
      if (heap_.size() == keep_) least_ = heap_.front().candidate.weight;
      return true;
    }
  }
  if (heap_.size() == keep_) {
    std::pop_heap(heap_.begin(), heap_.end(), Better);
    heap_.pop_back();
  }
  heap_.push_back(offered);
  std::push_heap(heap_.begin(), heap_.end(), Better);
  if (heap_.size() == keep_) least_ = heap_.front().candidate.weight;
  return true;
}

std::vector<Candidate> BestDocuments::Sorted() const {
  std::vector<Kept> sorted = heap_;
  std::sort(sorted.begin(), sorted.end(), Better);
  std::vector<Candidate> best;
  best.reserve(sorted.size());
  for (const Kept& kept : sorted) best.push_back(kept.candidate);
  return best;
}

}  // namespace quipu::search
