// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <limits>
#include <string>

namespace quipu::search {

/// The documents of one term in ascending order. Nothing is read before the first call of SkipTo.
class PostingCursor {
 public:
  /// Behind every document.
  static constexpr Xapian::docid kEnd = std::numeric_limits<Xapian::docid>::max();

  /// `term` must outlive it.
  PostingCursor(const Xapian::Database& database, const std::string& term)
      : database_(&database), term_(&term) {}

  /// The document it stands at: 0 before the first, kEnd behind the last.
  Xapian::docid docid() const { return docid_; }
  Xapian::termcount wdf() const { return at_.get_wdf(); }
  /// Of the document it stands at, in occurrences of terms.
  Xapian::termcount document_length() const { return at_.get_doclength(); }

  /// To the first document from `docid` on, not back.
  void SkipTo(Xapian::docid docid) {
    if (docid_ >= docid) return;
    if (docid_ == 0) {
      at_ = database_->postlist_begin(*term_);
      end_ = database_->postlist_end(*term_);
      if (at_ != end_ && *at_ < docid) at_.skip_to(docid);
    } else if (docid_ + 1 == docid) {
      ++at_;
    } else {
      at_.skip_to(docid);
    }
    docid_ = at_ == end_ ? kEnd : *at_;
  }

 private:
  const Xapian::Database* database_;
  const std::string* term_;
  Xapian::PostingIterator at_, end_;
  Xapian::docid docid_ = 0;
};

}  // namespace quipu::search
