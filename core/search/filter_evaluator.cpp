// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/filter_evaluator.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <utility>

#include "core/base/nearest.h"
#include "core/query/date_period.h"
#include "core/schema/field.h"
#include "core/search/column_ranges.h"
#include "core/search/postings.h"
#include "core/text/fold.h"

namespace quipu::search {
namespace {

using query::FilterKind;
using query::FilterNode;
using query::FilterValue;
using schema::ValueType;

// Reading the clock costs as much as some hundred steps.
constexpr std::uint64_t kStepsPerLook = 1 << 14;
// A term is kept as a set where the set takes less memory than its documents' numbers would.
constexpr Xapian::doccount kDenseShare = 32;
constexpr Xapian::doccount kDenseLeast = 1000;

std::string Named(std::string_view name) {
  // A name of a page's length would come back in the answer and the log.
  return std::string("`").append(text::ValidUtf8(name.substr(0, 64))).append("`");
}

Error NotOfType(const FilterValue& value, const SearchField& field, std::string_view expected) {
  return query::FilterError(value.place, Named(value.text) + " is not a " +
                                             std::string(schema::ValueTypeName(field.type)) + "; " +
                                             Named(field.name) + " expects " + std::string(expected) + ".");
}

constexpr std::string_view kDates = "a date such as `2023-01-17`, `2023-01`, `now-1y` or `now/d`";
constexpr std::string_view kNumbers = "a number such as `2023` or `0.5`";

/// The terms that a document with this value has.
std::vector<std::string> TermsOf(const SearchField& field, const std::string& value) {
  if (const schema::Field* known = schema::FindField(field.name); known != nullptr && known->boolean)
    return {schema::BooleanTerm(*known, value)};
  std::vector<std::string> terms = {schema::FilterTerm(field.name, value)};
  if (field.type != ValueType::kNumber) return terms;
  if (const auto number = ReadNumber(value)) {
    // "2023.0" and "2,023e3" are other spellings of what the index calls 2023.
    std::string term = schema::FilterTerm(field.name, schema::NumberText(*number));
    if (term != terms.front()) terms.push_back(std::move(term));
  }
  return terms;
}

}  // namespace

FilterEvaluator::FilterEvaluator(const index::IndexReader& reader, Columns& columns, double now,
                                 Instant deadline)
    : reader_(reader), columns_(columns), fields_(columns.Fields(reader)), now_(now), deadline_(deadline) {}

void FilterEvaluator::Step(std::uint64_t steps) {
  steps_ += steps;
  if (steps_ - looked_ < kStepsPerLook) return;
  looked_ = steps_;
  if (std::chrono::steady_clock::now() > deadline_) throw DeadlinePassed();
}

DocSet FilterEvaluator::None() const { return DocSet(reader_.database().get_lastdocid()); }

Result<DocSet> FilterEvaluator::Evaluate(const FilterNode& filter) {
  Step(1);
  switch (filter.kind) {
    case FilterKind::kAll:
    case FilterKind::kAny: return EvaluateJoin(filter);
    case FilterKind::kNot: {
      Result<DocSet> inner = Evaluate(filter.children.front());
      if (!inner) return inner;
      DocSet rest = *columns_.Documents(reader_);
      rest.AndNot(*inner);
      return rest;
    }
    default: return EvaluateCondition(filter);
  }
}

Result<DocSet> FilterEvaluator::EvaluateJoin(const FilterNode& filter) {
  if (filter.children.empty()) return *columns_.Documents(reader_);
  // Every child is evaluated, also behind an empty one: whether a filter is wrong must not depend on the
  // documents.
  Result<DocSet> joined = Evaluate(filter.children.front());
  for (std::size_t i = 1; joined && i < filter.children.size(); ++i) {
    Result<DocSet> next = Evaluate(filter.children[i]);
    if (!next) return next;
    if (filter.kind == FilterKind::kAll) {
      joined->And(*next);
    } else {
      joined->Or(*next);
    }
    Step(next->bytes() / sizeof(std::uint64_t));
  }
  return joined;
}

Error FilterEvaluator::UnknownField(const FilterNode& condition) const {
  const std::vector<std::string> names = SearchFieldNames(*fields_);
  const std::vector<std::string_view> known(names.begin(), names.end());
  std::string message = "there is no field " + Named(condition.field) + " in this index";
  if (const std::string_view nearest = Nearest(condition.field, known); !nearest.empty())
    message += "; did you mean " + Named(nearest) + "?";
  else
    message += ".";
  return query::FilterError(condition.place,
                            message + " Fields to filter on are " + QuotedNames(names) + ".");
}

Result<DocSet> FilterEvaluator::EvaluatePresence(const FilterNode& condition) {
  using schema::Presence;
  const bool always = condition.field == "id" || condition.field == "boost";
  if (always && condition.kind == FilterKind::kExists) return *columns_.Documents(reader_);
  const Presence presence = condition.kind == FilterKind::kExists   ? Presence::kExists
                            : condition.kind == FilterKind::kIsNull ? Presence::kNull
                                                                    : Presence::kEmpty;
  DocSet set = None();
  AddTerm(schema::PresenceTerm(condition.field, presence), set);
  return set;
}

Result<DocSet> FilterEvaluator::EvaluateCondition(const FilterNode& condition) {
  const std::optional<SearchField> field = FindSearchField(*fields_, condition.field);
  const bool is_body = condition.field == "body";
  if (!field && !is_body) return UnknownField(condition);
  switch (condition.kind) {
    case FilterKind::kExists:
    case FilterKind::kIsNull:
    case FilterKind::kIsEmpty: return EvaluatePresence(condition);
    default: break;
  }
  if (is_body) {
    return query::FilterError(
        condition.place, "`body` has words and no values: search for them with `q`, or ask `body EXISTS`.");
  }
  switch (condition.kind) {
    case FilterKind::kOneOf: return EvaluateEqual(*field, condition);
    case FilterKind::kStartsWith:
    case FilterKind::kContains: return EvaluateText(*field, condition);
    default: return EvaluateRange(*field, condition);
  }
}

void FilterEvaluator::AddTerm(const std::string& term, DocSet& set) {
  const Xapian::Database& database = reader_.database();
  const Xapian::doccount frequency = database.get_termfreq(term);
  const auto add = [&](DocSet& to) { AddPostings(database, term, to, [&] { Step(1); }); };
  Step(1);
  if (frequency < kDenseLeast || frequency < database.get_doccount() / kDenseShare) return add(set);
  set.Or(*columns_.Set(term, [&] {
    auto dense = std::make_shared<DocSet>(None());
    add(*dense);
    return std::shared_ptr<const DocSet>(std::move(dense));
  }));
  Step(set.bytes() / sizeof(std::uint64_t));
}

DocSet FilterEvaluator::DocumentsOf(const Column& column, const std::vector<bool>& chosen) {
  DocSet set = None();
  const Xapian::docid last = reader_.database().get_lastdocid();
  if (std::find(chosen.begin(), chosen.end(), true) == chosen.end()) return set;
  for (Xapian::docid docid = 1; docid <= last; ++docid) {
    for (const Column::Ordinal value : column.Of(docid)) {
      if (!chosen[value]) continue;
      set.Add(docid);
      break;
    }
    Step(1);
  }
  return set;
}

Result<DocSet> FilterEvaluator::EvaluateEqual(const SearchField& field, const FilterNode& condition) {
  const bool by_number = field.type == ValueType::kDate || field.slot_holds == SearchField::Slot::kNumber;
  if (!by_number) {
    DocSet set = None();
    std::set<std::string> seen;
    for (const FilterValue& value : condition.values) {
      for (std::string& term : TermsOf(field, value.text)) {
        if (const auto [at, is_new] = seen.insert(std::move(term)); is_new) AddTerm(*at, set);
      }
    }
    return set;
  }
  const auto column = columns_.Get(reader_, field);
  ColumnRanges ranges(*column);
  for (const FilterValue& value : condition.values) {
    Step(1);
    if (field.type == ValueType::kDate) {
      const auto period = query::ReadDatePeriod(value.text, now_);
      if (!period) return NotOfType(value, field, kDates);
      ranges.AddNumbers(period->begin, period->end);
    } else {
      const auto number = ReadNumber(value.text);
      if (!number) return NotOfType(value, field, kNumbers);
      ranges.AddNumbers(*number, NextAbove(*number));
    }
  }
  return DocumentsOf(*column, ranges.Chosen());
}

DocSet FilterEvaluator::EvaluateText(const SearchField& field, const FilterNode& condition) {
  const auto column = columns_.Get(reader_, field);
  const std::string& text = condition.values.front().text;
  const std::string key = field.folded ? text::Fold(text) : text;
  const bool anywhere = condition.kind == FilterKind::kContains;
  std::vector<bool> chosen(column->size());
  for (Column::Ordinal value = 0; value < chosen.size(); ++value) {
    const std::string_view of = column->Key(value);
    chosen[value] = anywhere ? of.find(key) != std::string_view::npos : of.starts_with(key);
    Step(1);
  }
  return DocumentsOf(*column, chosen);
}

Result<DocSet> FilterEvaluator::EvaluateRange(const SearchField& field, const FilterNode& condition) {
  if (field.type == ValueType::kBoolean) {
    return query::FilterError(condition.place,
                              Named(field.name) + " is true or false and has no order; use `=` or `!=`.");
  }
  const auto column = columns_.Get(reader_, field);
  ColumnRanges ranges(*column);
  std::vector<NumberRange> bounds;  // what each value names
  for (const FilterValue& value : condition.values) {
    if (field.type == ValueType::kDate) {
      const auto period = query::ReadDatePeriod(value.text, now_);
      if (!period) return NotOfType(value, field, kDates);
      bounds.push_back({period->begin, period->end});
    } else if (const auto number = field.folded ? ReadNumber(value.text) : std::nullopt) {
      bounds.push_back({*number, NextAbove(*number)});
    } else if (field.type == ValueType::kNumber) {
      return NotOfType(value, field, kNumbers);
    }
  }
  if (bounds.size() == condition.values.size()) {
    ranges.AddComparison(condition.kind, bounds.front(), bounds.back());
  } else {
    const auto key = [&](const FilterValue& value) {
      return field.folded ? text::Fold(value.text) : value.text;
    };
    ranges.AddComparison(condition.kind, key(condition.values.front()), key(condition.values.back()));
  }
  return DocumentsOf(*column, ranges.Chosen());
}

}  // namespace quipu::search
