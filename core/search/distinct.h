// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <vector>

#include "core/search/candidate.h"
#include "core/search/column.h"
#include "core/search/sort_order.h"

namespace quipu::search {

/// Keeps of the documents that share a value of `column` the first in `order`, and all that have none. A
/// document with several values stands aside if one of them was seen before. The order of what is left is not
/// settled.
void KeepDistinct(const Column& column, const SortOrder& order, std::vector<Candidate>& candidates);

/// Whether the index has copies at all.
bool HasDuplicates(const Xapian::Database& database);

/// Of documents that are copies of each other (schema::kDuplicateSlot) keeps the first in `order`.
/// `candidates` are in the order of their docids.
void FoldCopies(const Xapian::Database& database, const SortOrder& order, std::vector<Candidate>& candidates);

}  // namespace quipu::search
