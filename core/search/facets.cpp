// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/facets.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/text/fold.h"

namespace quipu::search {
namespace {

using Names = std::vector<std::string>;

bool Has(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

Error NotCounted(Code code, std::string_view parameter, const std::string& name, const Names& allowed) {
  std::string message = "`" + text::ValidUtf8(std::string_view(name).substr(0, 64)) + "` in `" +
                        std::string(parameter) + "` is not a facet of this index. ";
  message += allowed.empty() ? "It has none; name them as `facets` in its configuration."
                             : "Its facets are " + QuotedNames(allowed) + ".";
  return {code, std::move(message)};
}

}  // namespace

Result<std::vector<Facet>> ReadFacets(const SearchRequest& request, const Names& allowed,
                                      const index::FieldTable::Columns& fields) {
  std::vector<Facet> facets;
  const auto add = [&](const std::string& name, bool disjunctive) {
    const auto known =
        std::find_if(facets.begin(), facets.end(), [&](const Facet& facet) { return facet.name == name; });
    if (known == facets.end()) {
      facets.push_back({name, FindSearchField(fields, name), disjunctive});
    } else {
      known->disjunctive = known->disjunctive || disjunctive;
    }
  };
  const auto add_all = [&](const Names& names, bool disjunctive) -> Status {
    for (const std::string& name : names) {
      if (name == "*") {
        for (const std::string& each : allowed) add(each, disjunctive);
      } else if (Has(allowed, name)) {
        add(name, disjunctive);
      } else {
        return disjunctive
                   ? NotCounted(Code::kInvalidSearchDisjunctiveFacets, "disjunctiveFacets", name, allowed)
                   : NotCounted(Code::kInvalidSearchFacets, "facets", name, allowed);
      }
    }
    return Done{};
  };
  if (Status added = add_all(request.facets, false); !added) return added.error();
  if (Status added = add_all(request.disjunctive_facets, true); !added) return added.error();
  return facets;
}

FacetCounts FacetCounter::Counts(const std::string& name, std::string_view sought) const {
  FacetCounts result;
  result.field = name;
  const std::string key = text::Fold(sought);
  std::vector<std::pair<Column::Ordinal, bool>> found;  // the value, and whether it only has the text inside
  for (Column::Ordinal value = 0; value < counts_.size(); ++value) {
    if (counts_[value] == 0) continue;
    if (const double number = column_.Number(value);
        !std::isnan(number) &&
        (column_.type() == schema::ValueType::kNumber || column_.type() == schema::ValueType::kDate)) {
      // Values are in order: the first number is the least.
      if (!result.range) result.range = {number, number};
      result.range->second = number;
    }
    const std::size_t at = column_.Key(value).find(key);
    if (at != std::string_view::npos) found.emplace_back(value, at > 0);
  }
  const auto better = [&](const auto& a, const auto& b) {
    if (a.second != b.second) return b.second;
    if (counts_[a.first] != counts_[b.first]) return counts_[a.first] > counts_[b.first];
    return a.first < b.first;
  };
  const std::size_t kept = std::min(found.size(), kMaxFacetValues);
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(kept), found.end(), better);
  for (std::size_t i = 0; i < kept; ++i) {
    const Column::Ordinal value = found[i].first;
    result.values.push_back({std::string(column_.Text(value)), counts_[value]});
  }
  return result;
}

}  // namespace quipu::search
