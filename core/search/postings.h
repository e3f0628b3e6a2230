// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <functional>
#include <string>

#include "core/search/doc_set.h"

namespace quipu::search {

/// Adds the documents of a term to `set`; "" is every document. `each` is called for each. Throws
/// Xapian::DatabaseModifiedError if there are more or fewer of them than the database says, or one that it
/// does not have: what is kept for a whole state of the index must not come from a block that was being
/// overwritten.
void AddPostings(
    const Xapian::Database& database, const std::string& term, DocSet& set,
    const std::function<void()>& each = [] {});

/// For a list of which less was there than the database says: seen about once in ten thousand searches beside
/// a writer that never pauses, without an exception of Xapian's. What was read was being overwritten.
Xapian::DatabaseModifiedError ShortPostings();

}  // namespace quipu::search
