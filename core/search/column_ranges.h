// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/query/filter_ast.h"
#include "core/search/column.h"

namespace quipu::search {

/// From `begin` to before `end`.
struct NumberRange {
  double begin = 0;
  double end = 0;
};

/// The smallest number above: [number, NextAbove(number)) is the number alone.
double NextAbove(double number);

/// Stretches of a column's values. They are in order, so adding one is two binary searches, however many
/// values it has.
class ColumnRanges {
 public:
  explicit ColumnRanges(const Column& column);

  void AddNumbers(double begin, double end);
  /// `kind` is kGreater to kBetween; `from` and `to` are the same but for kBetween. A value that names a
  /// whole period is inside of it or beyond it.
  void AddComparison(query::FilterKind kind, const NumberRange& from, const NumberRange& to);
  /// Of values that are no numbers, by their keys.
  void AddComparison(query::FilterKind kind, std::string_view from, std::string_view to);

  /// Whether each value is in any of them.
  std::vector<bool> Chosen() const;

 private:
  std::size_t FirstNumber(double least) const;
  std::size_t FirstText(std::string_view least, bool above) const;
  void Add(std::size_t begin, std::size_t end);

  const Column& column_;
  std::size_t numbers_;              // values before it are numbers
  std::vector<std::int32_t> steps_;  // begins and ends, at the value where they are
};

}  // namespace quipu::search
