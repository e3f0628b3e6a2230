// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "core/base/result.h"
#include "core/query/filter_ast.h"

namespace quipu::searchd {

/// Reads the parameter `filter` as both fronts hand it on: an expression, or the text of a JSON array of
/// expressions and of arrays of them (outer AND, inner OR). kInvalidSearchFilter; an error in an array names
/// the element: "Column 5 of `filter[1][0]`".
Result<query::FilterNode> ReadFilter(std::string_view text);

}  // namespace quipu::searchd
