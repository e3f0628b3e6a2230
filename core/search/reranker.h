// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <vector>

#include "core/query/query_compiler.h"
#include "core/search/candidate.h"
#include "core/search/deadline.h"
#include "core/search/proximity.h"
#include "core/search/ranking.h"

namespace quipu::search {

/// Puts the best matches of a query into a better order than their weights alone give: by neighbouring words
/// of the query that stand close together, and by the words that the best of them share. Which documents
/// match and which are the best Ranking::rerank_documents does not change. Everything must outlive the
/// object.
class Reranker {
 public:
  Reranker(const Xapian::Database& database, const query::CompiledQuery& compiled, const Ranking& ranking);

  /// Whether it can change an order at all: not for a single word.
  bool Useful() const;

  /// Reorders `best`, the first matches in order of weight, none left out. Documents with all the words stay
  /// before others, pinned ones where they are. Of the weights each place keeps its own: they still fall, and
  /// as many reach a threshold. False if the deadline passed first: then nothing has changed.
  bool Reorder(std::vector<Candidate>& best, Instant deadline) const;

 private:
  int TierOf(double weight) const;
  void AddSharedWords(std::vector<Candidate>& rated, Instant deadline) const;

  const Xapian::Database& database_;
  const query::CompiledQuery& compiled_;
  const Ranking& ranking_;
  std::size_t words_ = 0;
  Proximity proximity_;
};

}  // namespace quipu::search
