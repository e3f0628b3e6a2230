// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_reader.h"
#include "core/search/candidate.h"
#include "core/search/column.h"
#include "core/search/columns.h"
#include "core/search/search_result.h"

namespace quipu::search {

/// The order in which a request wants its hits: by the keys of `sort`, then by rank, then by id; without keys
/// by rank and then as they lie in the index, as a match without an order has them.
class SortOrder {
 public:
  /// Reads ["date:desc", …]. kInvalidSearchSort for a key that is not a name and a direction, and for a field
  /// that is not in `allowed`, which are those that the index is configured to sort by.
  static Result<SortOrder> Read(const std::vector<std::string>& sort, const std::vector<std::string>& allowed,
                                const index::IndexReader& reader, Columns& columns);

  bool empty() const { return keys_.empty(); }

  /// Whether `a` comes before `b`. A document without a value comes after all that have one, in both
  /// directions; of several values the least counts upwards, the greatest downwards.
  bool operator()(const Candidate& a, const Candidate& b) const;

  /// What the document has of each key.
  std::vector<SortValue> ValuesOf(Xapian::docid docid) const;

  /// Puts the first `count` in order and the others behind them.
  void PutFirst(std::vector<Candidate>& candidates, std::size_t count) const;

 private:
  struct Key {
    std::shared_ptr<const Column> column;  // null: no document has the field
    bool descending = false;
    Column::Ordinal Of(Xapian::docid docid) const;
  };

  std::vector<Key> keys_;
  std::shared_ptr<const Column> ids_;
};

}  // namespace quipu::search
