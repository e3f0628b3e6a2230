// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/index/index_reader.h"
#include "core/search/columns.h"
#include "core/search/deadline.h"
#include "core/search/doc_set.h"
#include "core/search/facets.h"
#include "core/search/search_request.h"
#include "core/search/sort_order.h"

namespace quipu::search {

/// What a request asks of the matches beside the query: which of them (filter, distinct), in which order, and
/// what is counted. Made for one search on one reader, whose state it is of.
class Selection {
 public:
  struct CountedFacet {
    std::string name;
    std::shared_ptr<const Column> column;  // null: no document has the field
    std::shared_ptr<const DocSet> among;   // what it is counted among; null: what the filter lets through
  };

  /// The error names the parameter that the index cannot honour: a field it does not have, does not count or
  /// does not sort by. Throws as reading an index does.
  static Result<Selection> Read(const SearchRequest& request, const index::IndexReader& reader,
                                const std::shared_ptr<Columns>& columns, const config::Index& settings);

  /// What the filter lets through; null: everything.
  const std::shared_ptr<const DocSet>& filter() const { return filter_; }
  const SortOrder& order() const { return order_; }
  /// Of the field that hits must differ in; null: none.
  const std::shared_ptr<const Column>& distinct() const { return distinct_; }
  const std::vector<CountedFacet>& facets() const { return facets_; }
  /// The request's; everything that it takes has to be done by then.
  Instant deadline() const { return deadline_; }
  /// The deadline passed while the filter was read: it then lets nothing through.
  bool expired() const { return expired_; }

  /// Whether every match has to be looked at, not only the best.
  bool NeedsAllMatches() const { return needs_all_; }

  /// `query` among what the filter lets through; and among `set`.
  Xapian::Query Restricted(const Xapian::Query& query) const { return Restricted(query, filter_); }
  static Xapian::Query Restricted(const Xapian::Query& query, const std::shared_ptr<const DocSet>& set);

 private:
  Status ReadFilter(const SearchRequest& request, const index::IndexReader& reader, Columns& columns,
                    const std::vector<Facet>& facets);
  Status ReadDistinct(const std::string& field, const index::IndexReader& reader, Columns& columns);

  std::shared_ptr<const DocSet> filter_;
  SortOrder order_;
  std::shared_ptr<const Column> distinct_;
  std::vector<CountedFacet> facets_;
  Instant deadline_;
  bool expired_ = false;
  bool needs_all_ = false;
};

}  // namespace quipu::search
