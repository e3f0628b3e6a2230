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

}  // namespace quipu::search
