// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/query/correction.h"
#include "core/query/query_compiler.h"
#include "core/query/term_weight.h"
#include "core/search/feedback.h"
#include "core/search/proximity.h"

namespace quipu::search {

/// What ranks a document. These numbers are data: a change of one of them shows its effect in
/// docs/ranking.md, measured by bench/relevance over all collections.
struct Ranking {
  query::WeightShape shape;

  double folded_bonus = 0.15;  // of a word's worth: the form as typed
  double exact_bonus = 0.05;   // of a word's worth: with the diacritics as typed
  double prefix_share = 0.4;   // of a word's worth: a word that only begins as the last one typed
  double title_bonus = 0.2;    // of a word's worth: in the title as well
  double enough_share = 0.05;  // of the query's rarity: words below it do not bring a document in
  double all_words_boost = 1;  // of the most the words can weigh: above 1 it is a tier of its own

  double least_language_share = 0.02;  // a query is read in languages that so many of the documents have
  std::size_t most_languages = 6;

  // The order of the best; see "The order of the best" in docs/ranking.md.
  std::uint32_t rerank_documents = 40;
  ProximityShape proximity{
      .share = 0.4, .far_share = 0.5, .window = 5, .k1 = 1, .b = 0.5, .least_rarity = 0.5, .most_words = 16};
  FeedbackShape feedback{.share = 0.5,
                         .documents = 10,
                         .words = 20,
                         .sharpness = 8,
                         .flat_from = 0.2,
                         .flat_to = 0.6,
                         .least_query_words = 4,
                         .longest_document = 4000};

  double synonym_share = 0.8;  // of a word's worth

  // Of what the words weigh at most; see "New documents and boosted ones" in docs/ranking.md.
  double boost_share = 0.3;    // where any document has a boost
  double recency_share = 0.2;  // where the index has a half-life

  // Corrections of misspelt words; see "Misspelt words" in docs/ranking.md.
  double slip_cost_weight = 3;         // how much an unlikely slip counts against a candidate
  double slip_frequency_weight = 0.3;  // and the logarithm of its documents for it
  double slip_share = 1.0;             // of a word's worth: a correction without any cost
  double slip_share_decay = 0.15;      // less for the square of the cost
  double slip_least_relative = 0.05;
  std::size_t slip_most = 4;
  std::uint32_t rare_documents = 2;  // words of so few documents may be misspelt where they stand
  double rare_ratio = 20, rare_ratio_share = 0.02;  // if the likely word has so many times their documents
  double rare_most_documents = 50, rare_most_share = 0.1;
  double offer_share = 0.5;

  std::size_t typing_walk = 400, typing_keep = 16;
  std::size_t prefix_walk = 4000, prefix_keep = 400;

  // Matches are counted one by one if they can be no more than this; of a query that WordListMatch does not
  // take, since Xapian's match can lose one of the best where it is not made to look at every match.
  std::uint64_t count_exactly = 10000;
  std::uint64_t count_others_exactly = 200000;
  std::uint64_t guard_postings = 200000;  // queries that may read more get the deadline source
};

inline constexpr Ranking kRanking;

/// What the compiler and the correction of words need of it.
query::CompileOptions CompileOptionsOf(const Ranking& ranking);
query::CorrectionOptions CorrectionOptionsOf(const Ranking& ranking);

}  // namespace quipu::search
