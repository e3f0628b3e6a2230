// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/query/document_rank.h"
#include "core/query/query_compiler.h"
#include "core/query/word_list.h"
#include "core/search/best_documents.h"
#include "core/search/candidate.h"
#include "core/search/deadline.h"
#include "core/search/doc_set.h"
#include "core/search/document_groups.h"
#include "core/search/listed_word_cursor.h"

namespace quipu::search {

/// What is looked for among the documents that a WordList finds.
struct ListAsked {
  std::size_t keep = 10;               // so many of the best
  bool count = true;                   // and how many there are; else only what the best need is looked at
  const DocSet* among = nullptr;       // only these; null: all
  const GroupTable* copies = nullptr;  // of each of these groups only the best document; null: every document
  Instant deadline = Instant::max();
};

struct ListFound {
  std::vector<Candidate> best;  // by weight, then by docid
  std::uint64_t matches = 0;    // with `count` all of them, else those that were met
  bool complete = true;         // else the deadline passed: the best are those until then
};

/// Finds the documents of a WordList, as Xapian's match of CompiledQuery::query does. It is our own because
/// Xapian 1.4 loses a document where its OP_AND_MAYBE becomes an AND in the middle of a match (the one at
/// which the right side stands, which has both sides and so is among the best), and because it knows more:
/// that a document which cannot get among the best need only be counted, and that all words of a document
/// share one length. See docs/decisions/own-match.md. One object runs once.
/// May throw Xapian::DatabaseModifiedError.
class WordListMatch {
 public:
  /// Whether it takes the query: words side by side, and not the hundreds that `a*` may stand for.
  static bool Suits(const query::CompiledQuery& query);

  /// `list` and `database` must outlive it.
  WordListMatch(const Xapian::Database& database, const query::WordList& list,
                const query::WeightShape& shape);

  ListFound Best(const ListAsked& asked);

  /// Only documents that have every word.
  ListFound BestWithAllWords(const ListAsked& asked);

  /// Every document of `among`, by docid; false if the deadline passed: `found` has those until then.
  bool All(const DocSet* among, Instant deadline, std::vector<Candidate>& found);

 private:
  void Drive(const ListAsked& asked, BestDocuments& best, ListFound& found);
  void ChooseDrivers(double least);
  Xapian::docid NextCandidate(Xapian::docid from);
  /// Of a candidate, by what its words do not say.
  bool Passes(Xapian::docid docid, const DocSet* among) {
    if (among != nullptr && !among->Has(docid)) return false;
    return (filters_.empty() && excluded_.empty()) || !Excluded(docid);
  }
  bool Excluded(Xapian::docid docid);
  double MostAt(Xapian::docid docid) const;
  /// The document's weight; below `least` it may be anything below.
  double WeightOf(Xapian::docid docid, double least);
  double WordsWeight(Xapian::docid docid, DocumentLength& length) const;
  void LookAtClock(Instant deadline);
  /// Throws if so few candidates are fewer than there must have been.
  void CheckMet(std::uint64_t met) const;

  const query::WordList& list_;
  std::vector<ListedWordCursor> words_;
  std::vector<PostingCursor> filters_, excluded_;
  query::DocumentRankReader rank_;
  double rank_most_ = 0;
  double least_length_ = 0;  // of all documents

  std::vector<ListedWordCursor*> every_;     // a candidate has all of these, the rarest first
  std::vector<ListedWordCursor*> drivers_;   // if there are none: one of these
  std::vector<ListedWordCursor*> choosing_;  // the words of Choice::kAny, those that weigh least first
  double optional_most_ = 0;
  std::uint32_t calls_ = 0;
};

}  // namespace quipu::search
