// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "searchd/parameters/parameter.h"

namespace quipu::searchd {
namespace {

using nlohmann::json;

int Depth(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      in_string = c != '"';
    } else if (c == '"') {
      in_string = true;
    } else if (c == '[' || c == '{') {
      deepest = std::max(deepest, ++depth);
    } else if (c == ']' || c == '}') {
      --depth;
    }
  }
  return deepest;
}

bool IsEmpty(const json& value) {
  return value.is_null() || value == json(false) ||
         ((value.is_array() || value.is_object()) && value.empty()) || value == json("");
}

std::string Shown(const json& value) {
  std::string text = value.dump(-1, ' ', true, json::error_handler_t::replace);
  constexpr std::size_t kShownBytes = 64;
  if (text.size() > kShownBytes) text = text.substr(0, kShownBytes) + "...";
  const std::string_view type = value.is_array()    ? "an array"
                                : value.is_object() ? "an object"
                                                    : value.type_name();
  return fmt::format("{}: `{}`", type, text);
}

bool IsNames(const json& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const json& name) { return name.is_string(); });
}

std::string_view Expected(Kind kind) {
  switch (kind) {
    case Kind::kText:
    case Kind::kChoice: return "a string";
    case Kind::kCount: return "an integer";
    case Kind::kNumber: return "a number";
    case Kind::kFlag: return "`true` or `false`";
    case Kind::kNames: return "an array of strings";
    case Kind::kFilter: return "a string, or an array of strings and arrays of strings";
    case Kind::kAny: break;
  }
  return "a value";
}

/// Nothing if `value` has another type than `kind`.
std::optional<Value> ReadJson(Kind kind, const json& value) {
  switch (kind) {
    case Kind::kText:
    case Kind::kChoice:
      if (value.is_string()) return value.get<std::string>();
      break;
    case Kind::kCount:
      // Over 2^63 the library has an unsigned that would turn negative.
      if (value.is_number_unsigned() && value.get<std::uint64_t>() > INT64_MAX) return Value(INT64_MAX);
      if (value.is_number_integer()) return value.get<std::int64_t>();
      break;
    case Kind::kNumber:
      if (value.is_number()) return value.get<double>();
      break;
    case Kind::kFlag:
      if (value.is_boolean()) return value.get<bool>();
      break;
    case Kind::kNames:
      if (IsNames(value)) return value.get<std::vector<std::string>>();
      break;
    case Kind::kFilter:
      if (value.is_string()) return value.get<std::string>();
      if (value.is_array() && std::all_of(value.begin(), value.end(), [](const json& part) {
            return part.is_string() || IsNames(part);
          })) {
        return Value(value.dump(-1, ' ', false, json::error_handler_t::replace));
      }
      break;
    case Kind::kAny: return Value(value.dump(-1, ' ', true, json::error_handler_t::replace));
  }
  return std::nullopt;
}

Status ReadField(const Parameter& parameter, const json& field, ParameterValues& values) {
  if (field.is_null()) return Done{};
  if (parameter.support == Support::kLacking) {
    if (IsEmpty(field)) return Done{};
    return NotEnabled(parameter);
  }
  const std::optional<Value> value = ReadJson(parameter.kind, field);
  if (!value) {
    return Error{parameter.code, fmt::format("Invalid value type of `{}`: expected {}, but found {}.",
                                             parameter.name, Expected(parameter.kind), Shown(field))};
  }
  if (Status range = CheckRange(parameter, *value); !range) return range;
  if (parameter.support == Support::kBuilt) {
    values.Set(parameter.name, *value);
  } else if (!IsDefault(parameter, *value)) {
    return NotEnabled(parameter);
  }
  return Done{};
}

}  // namespace

bool NestsTooDeep(std::string_view json) { return Depth(json) > kMaxJsonDepth; }

bool IsDefault(const Parameter& parameter, const Value& value) {
  const json given = std::visit([](const auto& held) { return json(held); }, value);
  return IsEmpty(given) || (!parameter.fallback.empty() && given == json::parse(parameter.fallback));
}

Result<ParameterValues> ParseBody(std::span<const Parameter> table, std::string_view text) {
  if (NestsTooDeep(text)) {
    return Error{Code::kMalformedPayload,
                 fmt::format("The JSON nests deeper than {} levels; no request needs that.", kMaxJsonDepth)};
  }
  const json body = json::parse(text, nullptr, false);
  if (body.is_discarded()) {
    return Error{Code::kMalformedPayload, text.empty() ? "The body is empty; a JSON object was expected."
                                                       : "The body is not well-formed JSON in UTF-8."};
  }
  if (!body.is_object()) {
    return Error{Code::kBadRequest,
                 fmt::format("Invalid value type: expected an object, but found {}.", Shown(body))};
  }
  ParameterValues values;
  for (const auto& [name, field] : body.items()) {
    const auto parameter = std::find_if(
        table.begin(), table.end(), [&name = name](const Parameter& known) { return known.name == name; });
    if (parameter == table.end()) return UnknownName(table, name, "field");
    if (Status read = ReadField(*parameter, field, values); !read) return read.error();
  }
  return values;
}

}  // namespace quipu::searchd
