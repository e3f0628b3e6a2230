// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <set>

#include "core/text/fold.h"
#include "searchd/parameters/parameter.h"

namespace quipu::searchd {
namespace {

std::vector<std::string> SplitAtCommas(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

template <typename T>
bool ParseWhole(std::string_view text, T& number) {
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  return fault == std::errc() && end == text.data() + text.size();
}

Error CouldNotRead(const Parameter& parameter, std::string_view text, std::string_view expected) {
  return {parameter.code, fmt::format("Invalid value of `{}`: could not read `{}` as {}.", parameter.name,
                                      text.substr(0, 64), expected)};
}

Result<Value> ReadText(const Parameter& parameter, const std::string& text) {
  switch (parameter.kind) {
    case Kind::kCount: {
      std::int64_t number = 0;
      if (!ParseWhole(text, number)) return CouldNotRead(parameter, text, "an integer");
      return Value(number);
    }
    case Kind::kNumber: {
      double number = 0;
      if (!ParseWhole(text, number)) return CouldNotRead(parameter, text, "a number");
      return Value(number);
    }
    case Kind::kFlag:
      if (text != "true" && text != "false") return CouldNotRead(parameter, text, "`true` or `false`");
      return Value(text == "true");
    case Kind::kNames: return Value(SplitAtCommas(text));
    case Kind::kText:
    case Kind::kChoice:
    case Kind::kFilter:
    case Kind::kAny: return Value(text);
  }
  return Value(text);
}

}  // namespace

Result<ParameterValues> ParseQuery(std::span<const Parameter> table, const QueryPairs& query) {
  ParameterValues values;
  std::set<std::string_view> seen;
  for (const auto& [raw_name, raw_text] : query) {
    const std::string name = text::ValidUtf8(raw_name);
    const auto parameter =
        std::find_if(table.begin(), table.end(), [&](const Parameter& known) { return known.name == name; });
    if (parameter == table.end()) return UnknownName(table, name, "parameter");
    if (!seen.insert(parameter->name).second) {
      return Error{Code::kBadRequest, fmt::format("The parameter `{}` is given twice; give it once.", name)};
    }
    const std::string text = text::ValidUtf8(raw_text);
    if (parameter->support == Support::kLacking && (text.empty() || text == "null" || text == "false"))
      continue;
    if (parameter->support == Support::kComing && text.empty()) continue;
    Result<Value> value = ReadText(*parameter, text);
    if (!value) return value.error();
    if (Status range = CheckRange(*parameter, *value); !range) return range.error();
    if (parameter->support == Support::kBuilt) {
      values.Set(parameter->name, std::move(value).value());
    } else if (!IsDefault(*parameter, *value)) {
      return NotEnabled(*parameter);
    }
  }
  return values;
}

}  // namespace quipu::searchd
