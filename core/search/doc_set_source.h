// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <memory>
#include <string>
#include <utility>

#include "core/search/doc_set.h"

namespace quipu::search {

/// The documents of a set as a Xapian query's leaf, without weight. Its size is known exactly, so a match
/// that is restricted by it counts as exactly as one that is restricted by a term.
class DocSetSource : public Xapian::PostingSource {
 public:
  explicit DocSetSource(std::shared_ptr<const DocSet> set) : set_(std::move(set)), count_(set_->Count()) {}

  Xapian::doccount get_termfreq_min() const override { return count_; }
  Xapian::doccount get_termfreq_est() const override { return count_; }
  Xapian::doccount get_termfreq_max() const override { return count_; }
  void init(const Xapian::Database&) override { at_ = 0, begun_ = false; }
  void next(double) override { Seek(begun_ ? at_ + 1 : 1); }
  void skip_to(Xapian::docid docid, double) override {
    if (!begun_ || docid > at_) Seek(docid);
  }
  bool at_end() const override { return begun_ && at_ == 0; }
  Xapian::docid get_docid() const override { return at_; }
  DocSetSource* clone() const override { return new DocSetSource(*this); }
  std::string get_description() const override {
    return "quipu::DocSetSource(" + std::to_string(count_) + ")";
  }

 private:
  DocSetSource(const DocSetSource& other) : Xapian::PostingSource(), set_(other.set_), count_(other.count_) {}

  void Seek(Xapian::docid docid) {
    at_ = set_->NextFrom(docid);
    begun_ = true;
  }

  std::shared_ptr<const DocSet> set_;
  Xapian::doccount count_;
  Xapian::docid at_ = 0;  // 0 once begun: at the end
  bool begun_ = false;
};

}  // namespace quipu::search
