// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/term_weight.h"

#include <algorithm>
#include <cmath>

namespace quipu::query {
namespace {

// Worths are rarities times field weights: far below this, which leaves a double 36 bits for them.
constexpr double kKindStep = 65536;

}  // namespace

double LeafFactor(double worth, TermKind kind) {
  // 0 would make the leaf boolean, which is what the caller says with a factor of 0, not with a kind.
  return std::clamp(worth, 1e-6, kKindStep / 2) + kKindStep * static_cast<double>(kind);
}

TermWeight::TermWeight(const WeightShape& shape) : shape_(shape) {
  need_stat(WDF);
  need_stat(WDF_MAX);
  need_stat(DOC_LENGTH);
  need_stat(DOC_LENGTH_MIN);
  need_stat(AVERAGE_LENGTH);
}

PartWeight::PartWeight(const WeightShape& shape, TermKind kind, double worth, double average_length)
    : kind_(kind), worth_(worth), presence_(shape.presence) {
  const double k1 = kind == TermKind::kBigram ? shape.bigram_k1 : shape.k1;
  k_ = kind == TermKind::kHeadline ? shape.headline_k1 : k1 * (1 - shape.b);
  if (kind == TermKind::kText || kind == TermKind::kBigram)
    length_factor_ = average_length > 0 ? k1 * shape.b / average_length : 0;
}

void TermWeight::init(double factor) {
  const double kind = std::floor(factor / kKindStep);
  part_ = PartWeight(shape_, static_cast<TermKind>(static_cast<int>(std::clamp(kind, 0.0, 3.0))),
                     factor - kind * kKindStep, get_average_length());
}

double TermWeight::get_sumpart(Xapian::termcount wdf, Xapian::termcount length, Xapian::termcount) const {
  return part_.Of(static_cast<double>(wdf), static_cast<double>(length));
}

double TermWeight::get_maxpart() const {
  const double wdf = static_cast<double>(get_wdf_upper_bound());
  // A document is at least as long as it has occurrences of the term.
  const double length = std::max(wdf, static_cast<double>(get_doclength_lower_bound()));
  return std::max(part_.Of(wdf, length), part_.Of(1, static_cast<double>(get_doclength_lower_bound())));
}

}  // namespace quipu::query
