// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/postings.h"

namespace quipu::search {

void AddPostings(const Xapian::Database& database, const std::string& term, DocSet& set,
                 const std::function<void()>& each) {
  const Xapian::docid last = database.get_lastdocid();
  const Xapian::doccount due = term.empty() ? database.get_doccount() : database.get_termfreq(term);
  Xapian::doccount count = 0;
  for (auto at = database.postlist_begin(term); at != database.postlist_end(term); ++at) {
    if (*at > last) throw Xapian::DatabaseModifiedError("a posting list names a document beyond the last");
    set.Add(*at);
    ++count;
    each();
  }
  if (count != due) throw Xapian::DatabaseModifiedError("a posting list has not the length it should have");
}

Xapian::DatabaseModifiedError ShortPostings() {
  return Xapian::DatabaseModifiedError("a posting list ended before its length");
}

}  // namespace quipu::search
