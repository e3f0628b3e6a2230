// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/ranking.h"

namespace quipu::search {

query::CompileOptions CompileOptionsOf(const Ranking& ranking) {
  query::CompileOptions options;
  options.folded_bonus = ranking.folded_bonus;
  options.exact_bonus = ranking.exact_bonus;
  options.prefix_share = ranking.prefix_share;
  options.enough_share = ranking.enough_share;
  options.all_words_boost = ranking.all_words_boost;
  options.title_bonus = ranking.title_bonus;
  options.body_k1 = ranking.shape.k1;
  options.typing_walk = ranking.typing_walk;
  options.typing_keep = ranking.typing_keep;
  options.prefix_walk = ranking.prefix_walk;
  options.prefix_keep = ranking.prefix_keep;
  return options;
}

query::CorrectionOptions CorrectionOptionsOf(const Ranking& ranking) {
  query::CorrectionOptions options;
  options.cost_weight = ranking.slip_cost_weight;
  options.frequency_weight = ranking.slip_frequency_weight;
  options.share = ranking.slip_share;
  options.share_decay = ranking.slip_share_decay;
  options.least_relative = ranking.slip_least_relative;
  options.most = ranking.slip_most;
  options.rare_documents = ranking.rare_documents;
  options.rare_ratio = ranking.rare_ratio;
  options.rare_ratio_share = ranking.rare_ratio_share;
  options.rare_most_documents = ranking.rare_most_documents;
  options.rare_most_share = ranking.rare_most_share;
  options.offer_share = ranking.offer_share;
  return options;
}

}  // namespace quipu::search
