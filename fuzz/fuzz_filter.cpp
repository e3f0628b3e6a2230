// SPDX-License-Identifier: GPL-2.0-or-later
// Any bytes are a filter or an error with a column in them; what parses stays within bounds, prints, and
// joins.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/query/date_period.h"
#include "core/query/filter_lexer.h"
#include "core/query/filter_parser.h"

namespace {

using namespace quipu;
using query::FilterKind;
using query::FilterNode;

void Demand(bool condition) {
  if (!condition) std::abort();
}

int Depth(const FilterNode& node) {
  int depth = 0;
  for (const FilterNode& child : node.children) depth = std::max(depth, Depth(child));
  return depth + 1;
}

void CheckShape(const FilterNode& node, std::size_t columns) {
  const bool join = node.kind <= FilterKind::kNot;
  Demand(join ? node.values.empty() && node.field.empty() : node.children.empty() && !node.field.empty());
  if (node.kind == FilterKind::kNot) Demand(node.children.size() == 1);
  if (node.kind == FilterKind::kBetween) Demand(node.values.size() == 2);
  if (node.kind >= FilterKind::kExists) Demand(node.values.empty());
  Demand(node.place.column >= 1 && node.place.column <= columns);
  for (const query::FilterValue& value : node.values) {
    Demand(value.place.column >= 1 && value.place.column <= columns);
    if (const auto period = query::ReadDatePeriod(value.text, 1.7e9)) Demand(period->begin < period->end);
  }
  for (const FilterNode& child : node.children) CheckShape(child, columns);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<FilterNode> filter = query::ParseFilter(text);
  if (!filter) {
    const std::string& message = filter.error().message;
    Demand(filter.error().code == Code::kInvalidSearchFilter);
    Demand(message.size() < 400);
    if (message.starts_with("Column ")) {
      const unsigned long column = std::strtoul(message.c_str() + 7, nullptr, 10);
      Demand(column >= 1 && column <= size + 1);
    } else {
      Demand(size > query::kMaxFilterBytes);
    }
    return 0;
  }
  CheckShape(*filter, size + 1);
  Demand(Depth(*filter) <= 4 * (query::kMaxFilterDepth + 1));
  Demand(query::CountTerms(*filter) <= query::kMaxFilterTerms);
  Demand(query::Print(query::AllOf({*filter, FilterNode()})) == query::Print(*filter));
  query::UsesClock(*filter);
  return 0;
}
