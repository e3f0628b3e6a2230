// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <vector>

#include "core/query/document_rank.h"
#include "core/query/term_weight.h"

namespace quipu::query {

/// Terms whose occurrences in a document are added up and weighed as those of one term.
struct WeighedTerms {
  std::vector<std::string> terms;
  double worth = 0;  // what they weigh at most
  TermKind kind = TermKind::kText;

  Xapian::Query AsQuery() const;
};

/// One way in which a word may stand in a document: as typed, or corrected, or as its synonym.
struct Reading {
  std::vector<WeighedTerms> any;    // a document that has one of these has the word; their weights are added
  std::vector<WeighedTerms> bonus;  // add weight, bring no document in
};

/// Which documents a word of a list chooses.
enum class Choice : std::uint8_t {
  kEvery,     // only those that have it
  kAny,       // those that have it or another of this kind
  kOptional,  // none: it only weighs
};

struct ListedWord {
  std::vector<Reading> readings;  // a document weighs what the best of them in it weighs
  Choice choice = Choice::kAny;
  bool beside = true;  // one of those that make up "all words"
};

/// A query that is only words side by side, which is most of them, as search::WordListMatch takes it: no
/// phrases, no parentheses. It says the same as CompiledQuery::query.
struct WordList {
  std::vector<ListedWord> words;
  std::vector<std::string> filters;    // boolean terms that a document must have
  std::vector<WeighedTerms> excluded;  // terms that it must not have; they weigh nothing
  double boost = 0;                    // of documents with all words beside each other
  DocumentRank rank;                   // of documents, whatever the words
  double rank_worth = 0;               // what the shares of `rank` are of
};

}  // namespace quipu::query
