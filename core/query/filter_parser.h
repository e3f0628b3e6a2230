// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/query/filter_ast.h"

namespace quipu::query {

/// Parentheses in parentheses.
inline constexpr int kMaxFilterDepth = 64;
/// Values and conditions without values in one request's filter.
inline constexpr std::size_t kMaxFilterTerms = 10'000;

/// Reads a filter expression; docs/filters.md has the grammar. Keywords are read in any case and only where
/// one may stand, so `language IN [is, or]` has two languages. Blank text lets everything through. The error
/// names the column, what was expected and what was found there.
Result<FilterNode> ParseFilter(std::string_view text, const std::string& part = "filter");

}  // namespace quipu::query
