// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>

namespace quipu::query {

/// How the occurrences of a term become its part of a document's weight.
enum class TermKind : std::uint8_t {
  kText,      // running text: BM25's saturation, normalised by the document's length
  kHeadline,  // titles, headings: saturates at once, no normalisation
  kConstant,  // occurs or not
  kBigram,    // running text in pairs of ideographs, of which a word has several: saturates sooner
};

/// Shape of the weight, see docs/ranking.md. Data lives in core/search/ranking.h.
struct WeightShape {
  double k1 = 1.5;        // how slowly repetition in running text saturates
  double b = 0.75;        // how much a long document's words count less, 0 to 1
  double presence = 0.0;  // share of a word's weight that a document gets for having it at all
  double headline_k1 = 0.3;
  double bigram_k1 = 0.8;  // k1 of pairs of ideographs
};

/// The factor to give OP_SCALE_WEIGHT over a leaf: what the term is worth at most, and its kind. The kind
/// rides on the factor since Xapian tells a weight nothing else about its term; so no other OP_SCALE_WEIGHT
/// may stand above (but a factor of 0).
double LeafFactor(double worth, TermKind kind);

/// What the occurrences of a term add to a document's weight.
class PartWeight {
 public:
  PartWeight() = default;
  /// `average_length` of the documents, in occurrences of terms.
  PartWeight(const WeightShape& shape, TermKind kind, double worth, double average_length);

  double Of(double wdf, double length) const {
    if (kind_ == TermKind::kConstant) return worth_;
    const double k = k_ + length_factor_ * length;
    return worth_ * (presence_ + (1 - presence_) * wdf / (wdf + k));
  }
  /// Whether the document's length matters.
  bool by_length() const { return length_factor_ > 0; }

 private:
  TermKind kind_ = TermKind::kText;
  double worth_ = 0;
  double presence_ = 0;
  double k_ = 0;              // of the wdf: what does not grow with the document's length
  double length_factor_ = 0;  // and what does, for each word of it
};

/// A weighting scheme whose inverse document frequency is given from outside (LeafFactor), so that a word
/// has one rarity in all fields, languages and forms instead of that of each of its terms.
class TermWeight : public Xapian::Weight {
 public:
  explicit TermWeight(const WeightShape& shape);

  std::string name() const override { return "quipu::TermWeight"; }
  TermWeight* clone() const override { return new TermWeight(shape_); }
  void init(double factor) override;
  double get_sumpart(Xapian::termcount wdf, Xapian::termcount length,
                     Xapian::termcount unique) const override;
  double get_maxpart() const override;
  double get_sumextra(Xapian::termcount, Xapian::termcount) const override { return 0; }
  double get_maxextra() const override { return 0; }

 private:
  WeightShape shape_;
  PartWeight part_;
};

}  // namespace quipu::query
