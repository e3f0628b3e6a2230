// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/query/term_weight.h"
#include "core/search/candidate.h"
#include "core/search/deadline.h"

namespace quipu::search {

/// How the words that the best documents share tell which others are like them. The numbers are in
/// core/search/ranking.h.
struct FeedbackShape {
  double share = 0;                   // of what the query's words weigh at most; 0: no feedback
  std::size_t documents = 0;          // the best, from which words are taken
  std::size_t words = 0;              // that are taken
  double sharpness = 1;               // power of a document's weight by which its words count
  double flat_from = 0, flat_to = 1;  // weights of the last of the best to the first: no feedback, all of it
  std::size_t least_query_words = 0;  // for shorter queries there is none
  Xapian::termcount longest_document = 0;  // words; of longer ones none are taken
};

/// A word that several of the best documents have (a term of the whole document).
struct SharedWord {
  std::string term;
  double part = 0;  // those of all words together are 1
};

/// From 0, where one document stands out and is the answer, to 1, where many are about as good and what they
/// have in common is what the query is about. 0 if there are fewer than FeedbackShape::documents of them.
/// `best` is in order of weight.
double Flatness(std::span<const Candidate> best, const FeedbackShape& shape);

/// The words that at least two of `best` have and that tell these from other documents, the most telling
/// first. Throws DeadlinePassed.
std::vector<SharedWord> SharedWords(const Xapian::Database& database, std::span<const Candidate> best,
                                    const FeedbackShape& shape, const query::WeightShape& weights,
                                    Instant deadline);

struct SharedWeight {
  double most = 0;  // that a document can get
  const query::WeightShape& weights;
  Instant deadline;
};

/// Adds to the weights of `documents`, which are in order of docid, for the words that they have. Throws
/// DeadlinePassed; some have been added to then.
void AddShared(const Xapian::Database& database, std::span<const SharedWord> words,
               const SharedWeight& weight, std::span<Candidate> documents);

}  // namespace quipu::search
