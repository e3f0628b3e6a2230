// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/query/document_rank.h"
#include "core/query/query_ast.h"
#include "core/query/term_statistics.h"
#include "core/query/term_weight.h"
#include "core/query/word_list.h"

namespace quipu::query {

/// Which of the words that stand side by side a document must have.
enum class Needed : std::uint8_t {
  kEnough,  // any that together carry a share of the query's rarity
  kAll,
  kFirst,   // the first; further ones rank
  kRarest,  // the rarest; further ones rank
};

/// What the parts of a word are worth; the numbers are in core/search/ranking.h.
struct CompileOptions {
  Needed needed = Needed::kEnough;
  std::vector<std::string> fields;  // search only these; empty: all

  double folded_bonus = 0;     // the form that was typed, above other forms of the word
  double exact_bonus = 0;      // with the diacritics that were typed, above those without
  double prefix_share = 0;     // of a word that only begins as the last word of the query
  double enough_share = 0;     // Needed::kEnough: of the words' rarity
  double all_words_boost = 0;  // of what the words can weigh: documents with all of them
  double title_bonus = 0;      // in the title as well
  double body_k1 = 1;          // of `body:word`, see BodySource
  DocumentRank rank;           // of documents, whatever the words

  std::size_t typing_walk = 0, typing_keep = 0;  // completions of the last word: looked at, used
  std::size_t prefix_walk = 0, prefix_keep = 0;  // of `wor*`
};

/// A word of the query, for passages, highlighting and proximity; excluded words are not among them.
struct SoughtWord {
  Word word;
  double rarity = 0;
  bool prefix = false;                   // words that begin with it count
  std::vector<std::string> completions;  // some of those, folded
  bool exact_form = false;               // quoted: only the form as typed counts
  std::uint32_t phrase = 0;              // words of one phrase share a number from 1; 0: none
  bool in_field = false;                 // only in a field that the query names
  std::vector<Word> instead;             // single words that count in its place: corrections, synonyms
};

struct CompiledQuery {
  Xapian::Query query;
  Xapian::Query all_words;  // the same with every word needed; empty if that is no different. Its documents
                            // come before all others and it is much cheaper, so it is worth trying first
  std::uint64_t matches_at_least = 0;  // without looking; 0 if that says nothing
  std::uint64_t matches_at_most = 0;
  double boost = 0;               // of documents with all the words; it is part of their weight in `query`
  double best_weight = 0;         // what a document that has everything would weigh, for scores
  std::vector<SoughtWord> words;  // in the order of the query
  std::size_t typed_words = 0;    // so many of them are the query's own; behind them stand alternatives
  bool truncated = false;         // over kMaxWords
  bool positional = false;        // has phrases or NEARs
  std::uint64_t postings = 0;     // at most so many entries are read
  std::optional<WordList> list;   // the same as `query`, if it is only words side by side
  Xapian::Query fallback;         // one word, cheap, should the query not end in time
};

/// Makes the Xapian query of an analysed tree. Leaves without any occurrence match nothing.
/// The weights in it are meant for TermWeight.
CompiledQuery CompileQuery(const Node& root, TermStatistics& statistics, const CompileOptions& options);

}  // namespace quipu::query
