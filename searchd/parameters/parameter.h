// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/result.h"

namespace quipu::searchd {

/// What a parameter's value looks like: in JSON, and as the text of a query string.
enum class Kind {
  kText,    // string
  kCount,   // integer from `min` to `max`
  kNumber,  // number from `min` to `max`
  kFlag,    // true, false
  kChoice,  // one of `choices`
  kNames,   // array of strings; in a query string separated by commas
  kFilter,  // string, or array of strings and of arrays of strings
  kAny,     // anything; only for what Quipu does not have
};

/// How far a known parameter goes.
enum class Support {
  kBuilt,
  kComing,   // in the contract, not in this version: anything but the default is refused, never ignored
  kLacking,  // a name that clients send and Quipu has no feature for: likewise
};

/// One line of a table of parameters. GET, POST, /openapi.json and docs/http-api.md all follow it.
struct Parameter {
  std::string_view name;
  Kind kind = Kind::kText;
  Code code = Code::kBadRequest;  // of an error about its value
  std::string_view fallback;      // the default as JSON, "" for none
  std::string_view meaning;       // a sentence
  Support support = Support::kBuilt;
  double min = 0;
  double max = 0;                 // kText: bytes, 0 for no limit of its own
  std::string_view choices = "";  // kChoice: words separated by '|'
};

using Value = std::variant<std::string, std::int64_t, double, bool, std::vector<std::string>>;

/// The values that a request gave, checked against a table. What was absent, `null`, or refused by
/// nobody because it is a default of something unbuilt, is not in it.
class ParameterValues {
 public:
  void Set(std::string_view name, Value value) {
    values_.insert_or_assign(std::string(name), std::move(value));
  }
  bool Has(std::string_view name) const { return values_.contains(name); }

  /// The value of that name and type, or `fallback`.
  template <typename T>
  T Get(std::string_view name, T fallback) const {
    const auto found = values_.find(name);
    return found == values_.end() ? std::move(fallback) : std::get<T>(found->second);
  }
  std::uint32_t Count(std::string_view name, std::uint32_t fallback) const {
    return static_cast<std::uint32_t>(Get<std::int64_t>(name, fallback));
  }

 private:
  std::map<std::string, Value, std::less<>> values_;
};

using QueryPairs = std::vector<std::pair<std::string, std::string>>;

/// Reads a decoded query string. The error is `bad_request` for a name that is not in the table (naming the
/// nearest that is) or that occurs twice, else the parameter's own code. Malformed UTF-8 becomes U+FFFD.
Result<ParameterValues> ParseQuery(std::span<const Parameter> table, const QueryPairs& query);

/// Reads a JSON object. `malformed_payload` if it is no JSON or nests deeper than kMaxJsonDepth.
Result<ParameterValues> ParseBody(std::span<const Parameter> table, std::string_view text);

inline constexpr int kMaxJsonDepth = 16;
/// Whether arrays and objects in `json` nest deeper than that; found without recursion and before any memory
/// is spent.
bool NestsTooDeep(std::string_view json);
/// Elements of a kNames value: each costs something for each field of each hit.
inline constexpr std::size_t kMaxNames = 256;

/// The choices of a kChoice parameter, one by one.
std::vector<std::string_view> Choices(const Parameter& parameter);

/// The error for a name that the table does not have. `what` is "field" or "parameter".
Error UnknownName(std::span<const Parameter> table, std::string_view name, std::string_view what);

/// What every front checks of one value once it has its type: range, length, choice.
Status CheckRange(const Parameter& parameter, const Value& value);

/// Whether `value` asks for nothing: it is empty, or the parameter's default.
bool IsDefault(const Parameter& parameter, const Value& value);

/// The refusal of a parameter that this version cannot honour.
Error NotEnabled(const Parameter& parameter);

}  // namespace quipu::searchd
