// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace quipu::search {

/// Values of one facet in an answer at most.
inline constexpr std::size_t kMaxFacetValues = 100;

struct FacetValue {
  std::string text;         // in its most frequent spelling
  std::uint64_t count = 0;  // documents that have it, not 0
  bool operator==(const FacetValue&) const = default;
};

/// How many of the documents found have each value of a field.
struct FacetCounts {
  std::string field;
  std::vector<FacetValue> values;  // the most frequent first, then by text; at most kMaxFacetValues
  // The least and the greatest value of a field of numbers or dates (seconds since 1970), if there is one.
  std::optional<std::pair<double, double>> range;
};

}  // namespace quipu::search
