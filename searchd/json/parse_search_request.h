// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/search/search_request.h"
#include "searchd/parameters/parameter.h"

namespace quipu::searchd {

/// Which stored fields an answer shows.
class FieldSelection {
 public:
  /// `names` as given: "*" is every field but `body`.
  explicit FieldSelection(std::vector<std::string> names);
  bool Shows(std::string_view field) const;
  const std::vector<std::string>& names() const { return names_; }
  bool with_body() const { return Shows("body"); }

 private:
  std::vector<std::string> names_;
  bool all_ = false;
};

/// A search as HTTP asks it: what the core is asked, and how its answer is shown.
struct SearchParameterSet {
  search::SearchRequest request;
  FieldSelection fields{{"*"}};
  bool show_ranking_score = false;
  bool show_performance_details = false;
  bool numbered_pages = false;  // `page` or `hitsPerPage` was given
  std::uint32_t page = 1;
  std::uint32_t hits_per_page = 20;
};

/// Turns checked values into a search, with the rules that hold between parameters: the window's end, and
/// pages in place of offset and limit.
Result<SearchParameterSet> BuildSearch(const ParameterValues& values);

}  // namespace quipu::searchd
