// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/json/parse_filter.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/query/filter_parser.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;
using query::FilterNode;

Error Fault(std::string message) { return {Code::kInvalidSearchFilter, std::move(message)}; }

Result<FilterNode> ReadPart(const json& part, const std::string& place) {
  if (part.is_string()) return query::ParseFilter(part.get_ref<const std::string&>(), place);
  return Fault(fmt::format("`{}` must be a string: only arrays of strings may stand in `filter`.", place));
}

Result<FilterNode> ReadAlternatives(const json& parts, const std::string& place) {
  std::vector<FilterNode> any;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Result<FilterNode> part = ReadPart(parts[i], fmt::format("{}[{}]", place, i));
    if (!part) return part;
    any.push_back(std::move(part).value());
  }
  return query::AnyOf(std::move(any));
}

Result<FilterNode> ReadArray(std::string_view text) {
  const json parts = json::parse(text, nullptr, false);
  if (!parts.is_array()) return Fault("`filter` begins as an array, but it is not well-formed JSON.");
  std::vector<FilterNode> all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::string place = fmt::format("filter[{}]", i);
    Result<FilterNode> part =
        parts[i].is_array() ? ReadAlternatives(parts[i], place) : ReadPart(parts[i], place);
    if (!part) return part;
    all.push_back(std::move(part).value());
  }
  FilterNode filter = query::AllOf(std::move(all));
  if (query::CountTerms(filter) <= query::kMaxFilterTerms) return filter;
  return Fault(fmt::format("`filter` may have at most {} values.", query::kMaxFilterTerms));
}

}  // namespace

Result<FilterNode> ReadFilter(std::string_view text) {
  // No expression begins with a bracket.
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first != std::string_view::npos && text[first] == '[') return ReadArray(text);
  return query::ParseFilter(text);
}

}  // namespace quipu::searchd
