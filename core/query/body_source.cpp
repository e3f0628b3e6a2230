// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/body_source.h"

#include <set>

#include "core/schema/field.h"

namespace quipu::query {

void BodySource::init(const Xapian::Database& database) {
  const std::string stem_prefix(schema::kStemPrefix);
  const std::string term = stem_prefix + stem_;
  frequency_ = database.get_termfreq(term);
  at_ = database.postlist_begin(term);
  end_ = database.postlist_end(term);
  rest_.clear();
  begun_ = false;
  set_maxweight(worth_);
  std::set<std::string> seen;  // tags and keywords share their prefix
  for (const schema::Field& field : schema::Fields()) {
    if (field.wdf == 0 || field.prefix.empty() || field.boolean) continue;
    const std::string other = stem_prefix + std::string(field.prefix) + stem_;
    if (!seen.insert(other).second) continue;
    rest_.push_back({database.postlist_begin(other), database.postlist_end(other),
                     static_cast<Xapian::termcount>(field.wdf)});
  }
}

void BodySource::Settle() {
  for (; at_ != end_; ++at_) {
    Xapian::termcount elsewhere = 0;
    for (Rest& rest : rest_) {
      if (rest.at != rest.end && *rest.at < *at_) rest.at.skip_to(*at_);
      if (rest.at != rest.end && *rest.at == *at_) elsewhere += rest.wdf * rest.at.get_wdf();
    }
    const Xapian::termcount everywhere = at_.get_wdf();
    if (everywhere <= elsewhere) continue;
    in_body_ = everywhere - elsewhere;
    return;
  }
}

double BodySource::get_weight() const {
  const auto times = static_cast<double>(in_body_);
  return worth_ * times / (times + k1_);
}

void BodySource::next(double) {
  if (begun_) ++at_;
  begun_ = true;
  Settle();
}

void BodySource::skip_to(Xapian::docid docid, double) {
  begun_ = true;
  if (at_ != end_ && *at_ < docid) at_.skip_to(docid);
  Settle();
}

}  // namespace quipu::query
