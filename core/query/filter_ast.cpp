// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/filter_ast.h"

#include <algorithm>
#include <utility>

#include "core/query/date_period.h"

namespace quipu::query {
namespace {

FilterNode Join(FilterKind kind, std::vector<FilterNode> filters) {
  if (filters.size() == 1) return std::move(filters.front());
  FilterNode joined;
  joined.kind = kind;
  joined.children = std::move(filters);
  return joined;
}

std::string_view KindName(FilterKind kind) {
  switch (kind) {
    case FilterKind::kAll: return "all";
    case FilterKind::kAny: return "any";
    case FilterKind::kNot: return "not";
    case FilterKind::kOneOf: return "one_of";
    case FilterKind::kGreater: return "greater";
    case FilterKind::kAtLeast: return "at_least";
    case FilterKind::kLess: return "less";
    case FilterKind::kAtMost: return "at_most";
    case FilterKind::kBetween: return "between";
    case FilterKind::kStartsWith: return "starts_with";
    case FilterKind::kContains: return "contains";
    case FilterKind::kExists: return "exists";
    case FilterKind::kIsNull: return "is_null";
    case FilterKind::kIsEmpty: break;
  }
  return "is_empty";
}

}  // namespace

FilterNode AllOf(std::vector<FilterNode> filters) {
  std::erase_if(filters, [](const FilterNode& filter) { return filter.IsEverything(); });
  return Join(FilterKind::kAll, std::move(filters));
}

FilterNode AnyOf(std::vector<FilterNode> filters) {
  std::erase_if(filters, [](const FilterNode& filter) { return filter.IsEverything(); });
  if (filters.empty()) return {};
  return Join(FilterKind::kAny, std::move(filters));
}

std::size_t CountTerms(const FilterNode& filter) {
  if (filter.kind > FilterKind::kNot) return std::max<std::size_t>(filter.values.size(), 1);
  std::size_t terms = 0;
  for (const FilterNode& child : filter.children) terms += CountTerms(child);
  return terms;
}

bool UsesClock(const FilterNode& filter) {
  return std::any_of(filter.values.begin(), filter.values.end(),
                     [](const FilterValue& value) { return IsRelativeDate(value.text); }) ||
         std::any_of(filter.children.begin(), filter.children.end(), UsesClock);
}

std::string Print(const FilterNode& filter) {
  std::string text(KindName(filter.kind));
  text += '(';
  std::string separator;
  for (const FilterNode& child : filter.children) {
    text += separator + Print(child);
    separator = ", ";
  }
  if (filter.kind > FilterKind::kNot) text += filter.field;
  separator = ": ";
  for (const FilterValue& value : filter.values) {
    text += separator + value.text;
    separator = ", ";
  }
  return text + ')';
}

Error FilterError(const FilterPlace& place, std::string_view message) {
  return {Code::kInvalidSearchFilter,
          "Column " + std::to_string(place.column) + " of `" + place.part + "`: " + std::string(message)};
}

}  // namespace quipu::query
