// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/deadline.h"

#include <algorithm>

namespace quipu::search {
namespace {

// Reading the clock costs as much as a few postings.
constexpr std::uint32_t kCallsPerLook = 64;

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

}  // namespace quipu::search
