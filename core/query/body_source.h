// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <string>
#include <vector>

namespace quipu::query {

/// The documents that have a stem in their body, weighted by how often. The stem's own posting list is that
/// of the whole document, in which every other text field counts its words Field::wdf times: what is left
/// over when those are taken away stands in the body. Only `body:word` asks for this; it costs a look into
/// each field's list for each document.
class BodySource : public Xapian::PostingSource {
 public:
  /// `worth` is what the stem weighs at most, as `shape` lets it grow.
  BodySource(std::string stem, double worth, double k1) : stem_(std::move(stem)), worth_(worth), k1_(k1) {}

  Xapian::doccount get_termfreq_min() const override { return 0; }
  Xapian::doccount get_termfreq_est() const override { return frequency_; }
  Xapian::doccount get_termfreq_max() const override { return frequency_; }
  void init(const Xapian::Database& database) override;
  double get_weight() const override;
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_ == end_; }
  Xapian::docid get_docid() const override { return *at_; }
  BodySource* clone() const override { return new BodySource(stem_, worth_, k1_); }
  std::string get_description() const override { return "quipu::BodySource(" + stem_ + ")"; }

 private:
  struct Rest {
    Xapian::PostingIterator at;
    Xapian::PostingIterator end;
    Xapian::termcount wdf = 1;
  };

  /// Goes on to the next document with the stem in its body, from where it stands.
  void Settle();

  std::string stem_;
  double worth_;
  double k1_;
  Xapian::doccount frequency_ = 0;
  Xapian::PostingIterator at_;
  Xapian::PostingIterator end_;
  std::vector<Rest> rest_;
  Xapian::termcount in_body_ = 0;
  bool begun_ = false;
};

}  // namespace quipu::query
