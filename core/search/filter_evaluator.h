// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_reader.h"
#include "core/query/filter_ast.h"
#include "core/search/column.h"
#include "core/search/columns.h"
#include "core/search/deadline.h"
#include "core/search/doc_set.h"
#include "core/search/search_field.h"

namespace quipu::search {

/// Turns filters into sets of documents, in one state of an index. Equality is read from the posting lists of
/// boolean terms and is exact for values of any length; everything else from columns. What a condition costs
/// is bounded by the postings of its terms, or by the field's values and the documents; the clock is looked
/// at meanwhile. For one thread. docs/filters.md says what each operator means.
class FilterEvaluator {
 public:
  /// `now`: what `now` means in dates, seconds since 1970.
  FilterEvaluator(const index::IndexReader& reader, Columns& columns, double now, Instant deadline);

  /// kInvalidSearchFilter for a field that the index does not have, and for a value that its type has not.
  /// Throws DeadlinePassed.
  Result<DocSet> Evaluate(const query::FilterNode& filter);

  /// Postings, values and documents looked at so far.
  std::uint64_t steps() const { return steps_; }

 private:
  Result<DocSet> EvaluateJoin(const query::FilterNode& filter);
  Result<DocSet> EvaluateCondition(const query::FilterNode& condition);
  Result<DocSet> EvaluatePresence(const query::FilterNode& condition);
  Result<DocSet> EvaluateEqual(const SearchField& field, const query::FilterNode& condition);
  Result<DocSet> EvaluateRange(const SearchField& field, const query::FilterNode& condition);
  DocSet EvaluateText(const SearchField& field, const query::FilterNode& condition);

  void AddTerm(const std::string& term, DocSet& set);
  DocSet DocumentsOf(const Column& column, const std::vector<bool>& chosen);
  DocSet None() const;
  void Step(std::uint64_t steps);
  Error UnknownField(const query::FilterNode& condition) const;

  const index::IndexReader& reader_;
  Columns& columns_;
  std::shared_ptr<const index::FieldTable::Columns> fields_;
  double now_;
  Instant deadline_;
  std::uint64_t steps_ = 0;
  std::uint64_t looked_ = 0;
};

}  // namespace quipu::search
