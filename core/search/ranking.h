// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/query/query_compiler.h"
#include "core/query/term_weight.h"

namespace quipu::search {

/// What ranks a document. These numbers are data: a change of one of them shows its effect in
/// docs/ranking.md, measured by bench/relevance over all collections.
struct Ranking {
  query::WeightShape shape;

  double folded_bonus = 0.15;  // of a word's worth: the form as typed
  double exact_bonus = 0.3;    // of a word's worth: with the diacritics as typed
  double prefix_share = 0.4;   // of a word's worth: a word that only begins as the last one typed
  double title_bonus = 0.2;    // of a word's worth: in the title as well
  double enough_share = 0.1;   // of the query's rarity: words below it do not bring a document in
  double all_words_boost = 1;  // of the most the words can weigh: above 1 it is a tier of its own

  double least_language_share = 0.02;  // a query is read in languages that so many of the documents have
  std::size_t most_languages = 6;

  std::size_t typing_walk = 400, typing_keep = 16;
  std::size_t prefix_walk = 4000, prefix_keep = 400;

  std::uint64_t count_exactly = 10000;    // matches are counted one by one if they can be no more than this
  std::uint64_t guard_postings = 200000;  // queries that may read more get the deadline source
};

inline constexpr Ranking kRanking;

/// What the compiler needs of it.
query::CompileOptions CompileOptionsOf(const Ranking& ranking);

}  // namespace quipu::search
