// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace quipu::query {

/// Where in a filter something stands, for errors. `part` says which text of a filter that is several:
/// "filter[1][0]".
struct FilterPlace {
  std::uint32_t column = 1;  // in characters, from 1
  std::string part = "filter";
};

enum class FilterKind : std::uint8_t {
  kAll,  // every child; with no child every document
  kAny,  // at least one child
  kNot,  // not the one child
  // Conditions on a field; a document fulfils one if any of its values does.
  kOneOf,  // the value is one of `values`
  kGreater,
  kAtLeast,
  kLess,
  kAtMost,
  kBetween,  // from values[0] to values[1], both included
  kStartsWith,
  kContains,
  // Conditions without values.
  kExists,
  kIsNull,
  kIsEmpty,
};

struct FilterValue {
  std::string text;  // without quotes and escapes
  FilterPlace place;
};

/// A filter as it was written, before anything is known of fields and their types. A default one lets every
/// document through.
struct FilterNode {
  FilterKind kind = FilterKind::kAll;
  std::vector<FilterNode> children;
  std::string field;
  std::vector<FilterValue> values;
  FilterPlace place;
  bool fixed = false;  // no facet is counted as if this part were not there, be it about the facet alone

  /// Whether it lets every document through, unlooked at.
  bool IsEverything() const { return kind == FilterKind::kAll && children.empty(); }
};

/// Joins filters, leaving out those that let everything through.
FilterNode AllOf(std::vector<FilterNode> filters);
FilterNode AnyOf(std::vector<FilterNode> filters);

/// How many values and conditions without values are in it.
std::size_t CountTerms(const FilterNode& filter);

/// Whether it has a date that depends on the clock, such as `now-1y`.
bool UsesClock(const FilterNode& filter);

/// "all(one_of(language: es), not(exists(tags)))", for tests and people.
std::string Print(const FilterNode& filter);

/// kInvalidSearchFilter: "Column 5 of `filter`: …". `message` begins small and ends with a period.
Error FilterError(const FilterPlace& place, std::string_view message);

}  // namespace quipu::query
