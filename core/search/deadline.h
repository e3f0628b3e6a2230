// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <chrono>
#include <cstdint>
#include <string>

namespace quipu::search {

/// Thrown out of a match that ran past its deadline.
struct DeadlinePassed {};

using Instant = std::chrono::steady_clock::time_point;

/// A posting source that every document is in and that throws DeadlinePassed once the clock has passed
/// `deadline`. ANDed under a query (OP_FILTER) it is asked for every candidate, also inside phrases and NEAR,
/// where Xapian's own time limit and MatchDecider are not. It costs about a sixth of a cheap query, so it is
/// only put under queries that may take long.
class DeadlineSource : public Xapian::PostingSource {
 public:
  explicit DeadlineSource(Instant deadline) : deadline_(deadline) {}

  Xapian::doccount get_termfreq_min() const override { return documents_; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void init(const Xapian::Database& database) override;
  void next(double min_weight) override;
  void skip_to(Xapian::docid docid, double min_weight) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }
  DeadlineSource* clone() const override { return new DeadlineSource(deadline_); }
  std::string get_description() const override { return "quipu::DeadlineSource"; }

 private:
  void Look();

  Instant deadline_;
  Xapian::doccount documents_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid at_ = 0;
  std::uint32_t calls_ = 0;
};

}  // namespace quipu::search
