// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/index/field_table.h"
#include "core/search/candidate.h"
#include "core/search/column.h"
#include "core/search/facet_counts.h"
#include "core/search/search_field.h"
#include "core/search/search_request.h"

namespace quipu::search {

/// A field to count.
struct Facet {
  std::string name;
  std::optional<SearchField> field;  // nothing: no document has it
  bool disjunctive = false;          // counted as if nothing were filtered by it
};

/// The facets that a request asks for, each once, in its order; "*" is all of `allowed`. kInvalidSearchFacets
/// or kInvalidSearchDisjunctiveFacets for a name that is not in `allowed`, which are those that the index is
/// configured to count.
Result<std::vector<Facet>> ReadFacets(const SearchRequest& request, const std::vector<std::string>& allowed,
                                      const index::FieldTable::Columns& fields);

/// Counts the values of one field in documents, one by one.
class FacetCounter {
 public:
  explicit FacetCounter(const Column& column) : column_(column), counts_(column.size()) {}

  void Count(Xapian::docid docid) {
    for (const Column::Ordinal value : column_.Of(docid)) ++counts_[value];
  }

  /// The result, of the values that have `sought` in their text (in any case, with or without accents; empty:
  /// all). Those that begin with it come first.
  FacetCounts Counts(const std::string& name, std::string_view sought = {}) const;

 private:
  const Column& column_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace quipu::search
