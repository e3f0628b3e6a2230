// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/query_ast.h"
#include "core/query/term_statistics.h"
#include "core/query/vocabulary.h"

namespace quipu::query {

/// What decides whether and how words are corrected; the numbers are in core/search/ranking.h.
struct CorrectionOptions {
  bool wide = false;  // nothing was found: an edit more for short words

  double cost_weight = 0;       // how much an unlikely slip counts against a candidate …
  double frequency_weight = 0;  // … and the logarithm of its documents for it
  double share = 0;             // of a word's worth: a certain correction
  double share_decay = 0;       // lost for each unit of cost
  double least_relative = 0;    // candidates so much less likely than the best are not searched
  std::size_t most = 0;         // candidates searched

  // A word of so few documents may be a slip of somebody who wrote them …
  std::uint32_t rare_documents = 0;
  double rare_ratio = 0;                                // … if the likely one has so many times as many,
  double rare_ratio_share = 0;                          // or such a share of all documents for each of them,
  double rare_most_documents = 0, rare_most_share = 0;  // but is no word that stands everywhere
  double offer_share = 0;  // from such a share of what is needed on, the correction is offered
};

/// What became of a query's words.
struct Correction {
  std::string text;      // the query with the corrected words, all else as typed
  bool applied = false;  // the corrected words are searched as well; else they are only offered
};

/// Reads the words of a text as AnalyzeQuery does.
using ReadWords = std::function<std::vector<Word>(std::string_view text)>;

/// Gives the words of an analysed query that the index does not know, or hardly, the words that were likely
/// meant as Node::alternatives. Quoted and excluded words, words of a field, `prefi*`, words with digits, of
/// fewer than four letters, and the last one while known words begin so are left as they are. Words that
/// were wrongly parted or joined are put right. Nothing if there is nothing to correct.
std::optional<Correction> CorrectQuery(Node& root, std::string_view query, const Vocabulary& vocabulary,
                                       TermStatistics& statistics, const ReadWords& read,
                                       const CorrectionOptions& options);

}  // namespace quipu::query
