// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/query/word_list.h"
#include "core/search/posting_cursor.h"

namespace quipu::search {

/// A document's length, in occurrences of terms: read once, or a bound that costs nothing.
class DocumentLength {
 public:
  DocumentLength() = default;
  explicit DocumentLength(double bound) : value_(bound) {}

  /// Of the document that the cursor stands at.
  void Ask(const PostingCursor& cursor) {
    if (value_ < 0) value_ = cursor.document_length();
  }
  double value() const { return value_; }

 private:
  double value_ = -1;
};

/// The postings of WeighedTerms.
class WeighedCursor {
 public:
  WeighedCursor(const Xapian::Database& database, const query::WeighedTerms& terms,
                const query::PartWeight& weight);

  double most() const { return most_; }

  /// Returns the first document from `docid` on that has any of the terms.
  Xapian::docid SkipTo(Xapian::docid docid) {
    Xapian::docid first = PostingCursor::kEnd;
    for (PostingCursor& cursor : cursors_) {
      cursor.SkipTo(docid);
      first = std::min(first, cursor.docid());
    }
    return first;
  }

  /// What the terms weigh in the document, which those of them that it has stand at.
  double WeightAt(Xapian::docid docid, DocumentLength& length) const {
    Xapian::termcount wdf = 0;
    for (const PostingCursor& cursor : cursors_) {
      if (cursor.docid() != docid) continue;
      wdf += cursor.wdf();
      if (weight_.by_length()) length.Ask(cursor);
    }
    return wdf == 0 ? 0 : weight_.Of(wdf, length.value());
  }

 private:
  std::vector<PostingCursor> cursors_;
  query::PartWeight weight_;
  double most_;
};

/// The documents that have a word of a list, in any of its readings.
class ListedWordCursor {
 public:
  ListedWordCursor(const Xapian::Database& database, const query::ListedWord& word,
                   const query::WeightShape& shape, double average_length);

  query::Choice choice() const { return choice_; }
  bool beside() const { return beside_; }
  /// What the word weighs at most, with its bonus, and that alone.
  double most() const { return most_; }
  double bonus_most() const { return bonus_most_; }
  /// Postings of all its terms, and of the most frequent one.
  std::uint64_t postings() const { return postings_; }
  std::uint64_t most_frequent() const { return most_frequent_; }

  Xapian::docid docid() const { return docid_; }
  void SkipTo(Xapian::docid docid) {
    if (docid_ >= docid) return;
    docid_ = PostingCursor::kEnd;
    for (Reading& reading : readings_) {
      for (WeighedCursor& part : reading.any) docid_ = std::min(docid_, part.SkipTo(docid));
    }
  }

  /// In the document that it stands at, without the bonus, and the bonus.
  double Weight(DocumentLength& length) const {
    double best = 0;
    for (const Reading& reading : readings_) {
      double sum = 0;
      for (const WeighedCursor& part : reading.any) sum += part.WeightAt(docid_, length);
      best = std::max(best, sum);
    }
    return best;
  }
  double Bonus(DocumentLength& length);

 private:
  struct Reading {
    std::vector<WeighedCursor> any, bonus;
  };

  std::vector<Reading> readings_;
  query::Choice choice_;
  bool beside_;
  double most_ = 0, bonus_most_ = 0;
  std::uint64_t postings_ = 0, most_frequent_ = 0;
  Xapian::docid docid_ = 0;
};

}  // namespace quipu::search
