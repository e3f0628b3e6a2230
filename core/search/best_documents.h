// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "core/search/candidate.h"
#include "core/search/document_groups.h"

namespace quipu::search {

/// The best of documents that come in ascending order; of a group of copies only the best one.
class BestDocuments {
 public:
  /// `copies` may be null; otherwise it must outlive this.
  BestDocuments(std::size_t keep, const GroupTable* copies) : keep_(keep), copies_(copies) {
    if (copies_ != nullptr) met_.resize(copies_->groups());
    if (keep_ == 0) least_ = std::numeric_limits<double>::infinity();
  }

  /// Counts a document: false if a copy of it was counted before.
  bool Count(Xapian::docid docid) { return copies_ == nullptr || !copies_->Has(docid) || CountCopy(docid); }

  /// A document that weighs no more cannot get among the best any more; below 0 while there is room.
  double least() const { return least_; }
  bool Offer(Candidate candidate);

  /// By weight, then by docid.
  std::vector<Candidate> Sorted() const;

 private:
  struct Kept {
    Candidate candidate;
    std::uint32_t group = 0;  // from 1; 0: none
  };

  bool CountCopy(Xapian::docid docid);
  static bool Better(const Kept& a, const Kept& b);
  std::uint32_t GroupOf(Xapian::docid docid) const;

  std::size_t keep_;
  const GroupTable* copies_;
  std::vector<bool> met_;   // groups
  std::vector<Kept> heap_;  // the worst first
  double least_ = -1;
};

/// Remembers the best documents of a Xapian match that may be ended early.
class BestSoFar : public Xapian::MatchSpy {
 public:
  explicit BestSoFar(std::size_t keep) : best_(keep, nullptr) {}

  void operator()(const Xapian::Document& document, double weight) override {
    ++seen_;
    best_.Offer({document.get_docid(), weight});
  }
  std::string get_description() const override { return "quipu::BestSoFar"; }

  std::vector<Candidate> Sorted() const { return best_.Sorted(); }
  std::uint64_t seen() const { return seen_; }

 private:
  BestDocuments best_;
  std::uint64_t seen_ = 0;
};

}  // namespace quipu::search
