// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <string>

namespace quipu::query {

/// What a document weighs whatever the words of the query are; shares are of what those weigh at most.
struct DocumentRank {
  double boost_share = 0;    // of the field `boost`: half of it for 1, none for 0, nearly all for 1,000
  double recency_share = 0;  // of how new it is: all of it at `now`, half of it after each half-life
  double half_life_s = 0;
  double now = 0;  // seconds since 1970

  double share() const { return boost_share + recency_share; }
};

/// Reads what DocumentRank is made of from the values of an index, for documents asked for in ascending
/// order.
class DocumentRankReader {
 public:
  DocumentRankReader() = default;
  DocumentRankReader(const Xapian::Database& database, const DocumentRank& rank);

  /// 0 to rank.share().
  double ShareOf(Xapian::docid docid);

 private:
  struct Values {
    Xapian::ValueIterator at, end;
    /// Nothing: empty.
    std::string Of(Xapian::docid docid);
  };

  DocumentRank rank_;
  Values boosts_, dates_;
};

/// Every document, weighted by DocumentRank from its values. It brings nothing into a match by itself: it
/// stands on the right of an OP_AND_MAYBE, where it costs a look at two values of each match.
class DocumentRankSource : public Xapian::PostingSource {
 public:
  /// `worth` is what the words of the query weigh at most.
  DocumentRankSource(const DocumentRank& rank, double worth) : rank_(rank), worth_(worth) {}

  Xapian::doccount get_termfreq_min() const override { return documents_; }
  Xapian::doccount get_termfreq_est() const override { return documents_; }
  Xapian::doccount get_termfreq_max() const override { return documents_; }
  void init(const Xapian::Database& database) override;
  double get_weight() const override;
  void next(double) override { ++at_; }
  void skip_to(Xapian::docid docid, double) override;
  bool check(Xapian::docid docid, double min_weight) override;
  bool at_end() const override { return at_ > last_; }
  Xapian::docid get_docid() const override { return at_; }
  DocumentRankSource* clone() const override { return new DocumentRankSource(rank_, worth_); }
  std::string get_description() const override { return "quipu::DocumentRankSource"; }

 private:
  DocumentRank rank_;
  double worth_;
  Xapian::doccount documents_ = 0;
  Xapian::docid last_ = 0;
  Xapian::docid at_ = 0;
  mutable DocumentRankReader reader_;
};

/// The part of its share that a boost gets, 0 to 1, and that an age in half-lives does.
double BoostPart(double boost);
double RecencyPart(double half_lives);

}  // namespace quipu::query
