// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/column_ranges.h"

#include <cmath>
#include <limits>

namespace quipu::search {
namespace {

using query::FilterKind;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

/// The first value from `begin` to `end` for which `before` no longer holds.
template <typename Before>
std::size_t FirstWhere(std::size_t begin, std::size_t end, const Before& before) {
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (before(static_cast<Column::Ordinal>(middle))) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  return begin;
}

}  // namespace

double NextAbove(double number) { return std::nextafter(number, kInfinity); }

ColumnRanges::ColumnRanges(const Column& column)
    : column_(column),
      numbers_(FirstWhere(0, column.size(),
                          [&](Column::Ordinal value) { return !std::isnan(column.Number(value)); })),
      steps_(column.size() + 1) {}

std::size_t ColumnRanges::FirstNumber(double least) const {
  return FirstWhere(0, numbers_, [&](Column::Ordinal value) { return column_.Number(value) < least; });
}

std::size_t ColumnRanges::FirstText(std::string_view least, bool above) const {
  return FirstWhere(numbers_, column_.size(), [&](Column::Ordinal value) {
    const int order = column_.Key(value).compare(least);
    return above ? order <= 0 : order < 0;
  });
}

void ColumnRanges::Add(std::size_t begin, std::size_t end) {
  if (begin >= end) return;
  ++steps_[begin];
  --steps_[end];
}

void ColumnRanges::AddNumbers(double begin, double end) { Add(FirstNumber(begin), FirstNumber(end)); }

void ColumnRanges::AddComparison(FilterKind kind, const NumberRange& from, const NumberRange& to) {
  switch (kind) {
    case FilterKind::kGreater: return Add(FirstNumber(from.end), numbers_);
    case FilterKind::kAtLeast: return Add(FirstNumber(from.begin), numbers_);
    case FilterKind::kLess: return Add(0, FirstNumber(from.begin));
    case FilterKind::kAtMost: return Add(0, FirstNumber(from.end));
    default: return AddNumbers(from.begin, to.end);
  }
}

void ColumnRanges::AddComparison(FilterKind kind, std::string_view from, std::string_view to) {
  switch (kind) {
    case FilterKind::kGreater: return Add(FirstText(from, true), column_.size());
    case FilterKind::kAtLeast: return Add(FirstText(from, false), column_.size());
    case FilterKind::kLess: return Add(numbers_, FirstText(from, false));
    case FilterKind::kAtMost: return Add(numbers_, FirstText(from, true));
    default: return Add(FirstText(from, false), FirstText(to, true));
  }
}

std::vector<bool> ColumnRanges::Chosen() const {
  std::vector<bool> chosen(column_.size());
  std::int64_t inside = 0;
  for (std::size_t value = 0; value < chosen.size(); ++value) {
    inside += steps_[value];
    chosen[value] = inside > 0;
  }
  return chosen;
}

}  // namespace quipu::search
