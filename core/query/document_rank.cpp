// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/document_rank.h"

#include <algorithm>
#include <cmath>

#include "core/schema/field.h"
#include "core/schema/field_value.h"

namespace quipu::query {

double BoostPart(double boost) { return boost / (1 + boost); }

double RecencyPart(double half_lives) { return std::exp2(-std::max(0.0, half_lives)); }

std::string DocumentRankReader::Values::Of(Xapian::docid docid) {
  if (at != end && at.get_docid() < docid) at.skip_to(docid);
  return at != end && at.get_docid() == docid ? *at : std::string();
}

DocumentRankReader::DocumentRankReader(const Xapian::Database& database, const DocumentRank& rank)
    : rank_(rank) {
  const auto open = [&](double share, Xapian::valueno slot) -> Values {
    if (share <= 0) return {};
    return {database.valuestream_begin(slot), database.valuestream_end(slot)};
  };
  boosts_ = open(rank.boost_share, schema::kBoostSlot);
  dates_ = open(rank.recency_share, schema::kDateSlot);
}

double DocumentRankReader::ShareOf(Xapian::docid docid) {
  double share = 0;
  if (rank_.boost_share > 0) {
    const std::string boost = boosts_.Of(docid);
    // A document without one has the boost 1.
    share += rank_.boost_share * BoostPart(boost.empty() ? 1 : schema::DecodeNumber(boost));
  }
  if (rank_.recency_share > 0) {
    if (const std::string date = dates_.Of(docid); !date.empty())
      share +=
          rank_.recency_share * RecencyPart((rank_.now - schema::DecodeNumber(date)) / rank_.half_life_s);
  }
  return share;
}

void DocumentRankSource::init(const Xapian::Database& database) {
  documents_ = database.get_doccount();
  last_ = database.get_lastdocid();
  at_ = 0;
  reader_ = DocumentRankReader(database, rank_);
  set_maxweight(worth_ * rank_.share());
}

void DocumentRankSource::skip_to(Xapian::docid docid, double) { at_ = std::max(at_, docid); }

bool DocumentRankSource::check(Xapian::docid docid, double min_weight) {
  skip_to(docid, min_weight);
  return true;
}

double DocumentRankSource::get_weight() const { return worth_ * reader_.ShareOf(at_); }

}  // namespace quipu::query
