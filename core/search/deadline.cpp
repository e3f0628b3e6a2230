// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/deadline.h"

#include <algorithm>

namespace quipu::search {
namespace {

// Reading the clock costs as much as a few postings.
constexpr std::uint32_t kCallsPerLook = 64;

bool Better(const std::pair<double, Xapian::docid>& a, const std::pair<double, Xapian::docid>& b) {
  return a.first != b.first ? a.first > b.first : a.second < b.second;
}

}  // namespace

void DeadlineSource::init(const Xapian::Database& database) {
  documents_ = database.get_doccount();
  last_ = database.get_lastdocid();
  at_ = 0;
  calls_ = 0;
}

void DeadlineSource::Look() {
  if (calls_++ % kCallsPerLook == 0 && std::chrono::steady_clock::now() > deadline_) throw DeadlinePassed();
}

void DeadlineSource::next(double) {
  Look();
  ++at_;
}

void DeadlineSource::skip_to(Xapian::docid docid, double) {
  Look();
  at_ = std::max(at_, docid);
}

bool DeadlineSource::check(Xapian::docid docid, double min_weight) {
  skip_to(docid, min_weight);
  return true;
}

void BestSoFar::operator()(const Xapian::Document& document, double weight) {
  ++seen_;
  const std::pair<double, Xapian::docid> entry(weight, document.get_docid());
  if (heap_.size() == keep_) {
    if (heap_.empty() || !Better(entry, heap_.front())) return;
    std::pop_heap(heap_.begin(), heap_.end(), Better);
    heap_.pop_back();
  }
  heap_.push_back(entry);
  std::push_heap(heap_.begin(), heap_.end(), Better);
}

std::vector<std::pair<double, Xapian::docid>> BestSoFar::Sorted() const {
  auto sorted = heap_;
  std::sort(sorted.begin(), sorted.end(), Better);
  return sorted;
}

}  // namespace quipu::search
