// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/search/candidate.h"
#include "core/search/deadline.h"

namespace quipu::search {

/// How words that stand together in a document add to its weight. The numbers are in core/search/ranking.h.
struct ProximityShape {
  double share = 0;            // of the rarer word's rarity: what a pair is worth at most; 0: no pairs
  double far_share = 0;        // of that: words with another one between them in the query
  std::uint32_t window = 0;    // how far apart, in words of the text, two words may stand
  double k1 = 1, b = 0;        // saturation and length, as BM25 has them
  double least_rarity = 0;     // commoner words are passed over: they stand beside everything
  std::size_t most_words = 0;  // of a query; those behind are passed over
};

/// A word of the query, in the forms (folded) in which texts have it.
struct NearWord {
  double rarity = 0;
  std::vector<std::string> forms;
};

/// How often the positions of two words, each list in ascending order, are at most `window` apart: for each
/// of the shorter list, whether one of the other is. A position that both lists have is one word, no pair.
double CountNear(std::span<const std::uint32_t> first, std::span<const std::uint32_t> second,
                 std::uint32_t window);

/// Weighs documents by how often neighbouring words of the query are near each other in their body or their
/// title. It reads positions of these documents only, and of each form of a word at most kMaxPositions.
class Proximity {
 public:
  static constexpr std::size_t kMaxPositions = 512;

  Proximity(const Xapian::Database& database, std::vector<NearWord> words, const ProximityShape& shape);

  /// What it adds at most; 0 if the query has no pair.
  double best() const { return best_; }

  /// Adds to the weights of `documents`, which are in order of docid.
  /// Throws DeadlinePassed if there is no time left; some have been added to then.
  void AddTo(std::span<Candidate> documents, Instant deadline) const;

 private:
  struct Pair {
    std::size_t first = 0, second = 0;
    double worth = 0;
  };

  const Xapian::Database& database_;
  std::vector<NearWord> words_;
  ProximityShape shape_;
  std::vector<Pair> pairs_;
  double best_ = 0;
};

}  // namespace quipu::search
