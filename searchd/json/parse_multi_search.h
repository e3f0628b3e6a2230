// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "searchd/json/parse_search_request.h"
#include "searchd/parameters/parameter.h"

namespace quipu::searchd {

struct MultiSearchQuery {
  std::string index_uid;
  SearchParameterSet search;
  double weight = 1;  // of its scores in a federated search
};

/// The window of the merged list, and what is counted beside it.
struct Federation {
  std::uint32_t offset = 0;
  std::uint32_t limit = 20;
  std::map<std::string, std::vector<std::string>> facets_by_index;
  std::optional<std::size_t> merged_values;  // the facets of all indexes are one: so many values of each
};

struct MultiSearch {
  std::vector<MultiSearchQuery> queries;  // at most kMaxQueries
  std::optional<Federation> federation;
};

/// Reads the checked values of a multi-search. An error in a query says in which: "Inside `.queries[2]`: …".
Result<MultiSearch> BuildMultiSearch(const ParameterValues& values);

/// `error` with the query that it is in.
Error InsideQuery(std::size_t number, const Error& error);

}  // namespace quipu::searchd
