// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/document_json.h"

#include <array>
#include <cmath>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "core/schema/date.h"
#include "core/schema/field_value.h"
#include "core/text/fold.h"
#include "core/text/language.h"

namespace quipu::schema {
namespace {

using Json = nlohmann::ordered_json;

/// Deeper nesting is no document, and every level costs stack.
constexpr int kMaxDepth = 32;
constexpr std::size_t kMaxFieldNameBytes = 200;
/// Whole numbers beyond this are not exact as double; they are identifiers and kept as strings.
constexpr double kMaxExactWhole = 9007199254740992.0;

Error Fault(std::string message) { return Error{Code::kInvalidDocument, std::move(message)}; }

// ---- writing

Json NumberJson(double number) {
  if (std::trunc(number) == number && std::abs(number) <= kMaxExactWhole)
    return static_cast<std::int64_t>(number);
  return number;
}

Json ScalarJson(const Scalar& scalar) {
  if (const auto* flag = std::get_if<bool>(&scalar)) return *flag;
  if (const auto* number = std::get_if<double>(&scalar)) return NumberJson(*number);
  return std::get<std::string>(scalar);
}

Json ValueJson(const FieldValue& value) {
  if (const auto* flag = std::get_if<bool>(&value)) return *flag;
  if (const auto* number = std::get_if<double>(&value)) return NumberJson(*number);
  if (const auto* string = std::get_if<std::string>(&value)) return *string;
  if (const auto* list = std::get_if<std::vector<Scalar>>(&value)) {
    Json array = Json::array();
    for (const Scalar& scalar : *list) array.push_back(ScalarJson(scalar));
    return array;
  }
  return nullptr;
}

// ---- reading

std::optional<Json> ParseObject(std::string_view text) {
  Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  return json;
}

Scalar NumberScalar(const Json& json) {
  if (json.is_number_float()) return json.get<double>();
  const bool exact = json.is_number_unsigned()
                         ? json.get<std::uint64_t>() <= static_cast<std::uint64_t>(kMaxExactWhole)
                         : json.get<std::int64_t>() >= -static_cast<std::int64_t>(kMaxExactWhole);
  if (!exact) return json.dump();
  return json.get<double>();
}

Scalar ToScalar(const Json& json) {
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number()) return NumberScalar(json);
  return json.get<std::string>();
}

FieldValue ToFieldValue(const Scalar& scalar) {
  return std::visit([](const auto& v) -> FieldValue { return v; }, scalar);
}

/// Makes flat fields of nested JSON.
class Flattener {
 public:
  explicit Flattener(std::map<std::string, FieldValue>& fields) : fields_(fields) {}

  Status Add(const std::string& name, const Json& value, int depth = 0) {
    if (name.empty() || name.size() > kMaxFieldNameBytes)
      return Fault("a field's name must have 1 to 200 bytes");
    if (depth > kMaxDepth) return Fault("`" + name + "` is nested deeper than 32 levels");
    if (value.is_null()) {
      fields_.try_emplace(name, std::monostate{});
    } else if (value.is_object()) {
      for (const auto& [inner, inner_value] : value.items()) {
        std::string inner_name = name;
        inner_name.append(".").append(inner);
        if (Status status = Add(inner_name, inner_value, depth + 1); !status) return status;
      }
    } else if (value.is_array()) {
      return AddList(name, value, depth);
    } else {
      AddScalar(name, ToScalar(value), depth);
    }
    return Done{};
  }

 private:
  Status AddList(const std::string& name, const Json& list, int depth) {
    if (!std::holds_alternative<std::vector<Scalar>>(fields_[name])) fields_[name] = std::vector<Scalar>{};
    bool has_object = false;
    for (const Json& item : list) {
      if (item.is_null()) continue;
      has_object |= item.is_object();
      if (Status status = Add(name, item, depth + 1); !status) return status;
    }
    // A list of objects is known by the objects' fields.
    if (has_object && std::get<std::vector<Scalar>>(fields_[name]).empty()) fields_.erase(name);
    return Done{};
  }

  void AddScalar(const std::string& name, Scalar scalar, int depth) {
    const auto [place, is_new] = fields_.try_emplace(name);
    if (auto* list = std::get_if<std::vector<Scalar>>(&place->second)) {
      list->push_back(std::move(scalar));
    } else if (depth > 0 && !is_new && !std::holds_alternative<std::monostate>(place->second)) {
      // Objects in a list that have the field in common: [{"a":1},{"a":2}] is a = [1, 2].
      std::vector<Scalar> both = {std::visit(
          [](const auto& v) -> Scalar {
            if constexpr (std::is_constructible_v<Scalar, decltype(v)>) return v;
            return false;
          },
          place->second)};
      both.push_back(std::move(scalar));
      place->second = std::move(both);
    } else {
      place->second = ToFieldValue(scalar);
    }
  }

  std::map<std::string, FieldValue>& fields_;
};

/// Takes the text out of `value`: a body may have megabytes.
Status ReadString(Json& value, std::string_view name, std::string& target) {
  if (value.is_null()) return Done{};
  if (!value.is_string()) return Fault("`" + std::string(name) + "` must be a string");
  target = std::move(*value.get_ptr<std::string*>());
  return Done{};
}

Status ReadId(const Json& value, std::string& id) {
  if (value.is_string()) {
    id = value.get<std::string>();
  } else if (value.is_number_integer()) {
    id = value.dump();
  }
  if (id.empty() || id.size() > kMaxIdBytes) return Fault("`id` must be a string of 1 to 512 bytes");
  return Done{};
}

Status ReadDate(const Json& value, std::string& date) {
  if (value.is_null()) return Done{};
  if (value.is_number()) {
    const auto seconds = value.get<double>();
    // Beyond year 9999 it is more likely milliseconds, and guessing would date documents wrongly.
    if (seconds >= -62135596800.0 && seconds < 253402300800.0) {
      date = FormatTime(seconds);
      return Done{};
    }
  } else if (value.is_string()) {
    date = value.get<std::string>();
    if (date.empty() || ParseDate(date)) return Done{};
  }
  return Fault("`date` must be an ISO 8601 date or time such as \"2023-01-17\" or \"2023-01-17T10:20:30Z\"");
}

Status ReadBoost(const Json& value, double& boost) {
  if (value.is_null()) return Done{};
  if (!value.is_number() || value.get<double>() < 0 || value.get<double>() > 1e6) {
    return Fault("`boost` must be a number from 0 to 1000000");
  }
  boost = value.get<double>();
  return Done{};
}

Status ReadLanguage(Json& value, std::string& language) {
  Status status = ReadString(value, "language", language);
  if (!status || language.empty()) return status;
  std::string primary = text::PrimaryLanguage(language);
  if (primary.empty()) return Fault("`language` must be a language code such as \"en\" or \"pt-BR\"");
  language = std::move(primary);
  return Done{};
}

/// Reads one member of the line's object.
Status ReadMember(const std::string& name, Json& value, JsonDocument& line) {
  Document& document = line.document;
  if (name == "id") return ReadId(value, document.id);
  if (name == "url") return ReadString(value, name, document.url);
  if (name == "title") return ReadString(value, name, document.title);
  if (name == "body" || name == "text") return ReadString(value, name, document.body);
  if (name == "html") return ReadString(value, name, line.html);
  if (name == "language") return ReadLanguage(value, document.language);
  if (name == "date") return ReadDate(value, document.date);
  if (name == "type") return ReadString(value, name, document.type);
  if (name == "boost") return ReadBoost(value, document.boost);
  return Flattener(document.fields).Add(name, value);
}

/// Where the text of a built-in member goes; null for the other members.
std::string* BuiltInText(Document& document, std::string_view name) {
  if (name == "id") return &document.id;
  if (name == "url") return &document.url;
  if (name == "title") return &document.title;
  if (name == "language") return &document.language;
  if (name == "date") return &document.date;
  if (name == "type") return &document.type;
  return nullptr;
}

}  // namespace

std::string ToStoredJson(const Document& document) {
  Json json = Json::object();
  json["id"] = document.id;
  const auto put = [&](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  put("url", document.url);
  put("title", document.title);
  put("language", document.language);
  put("date", document.date);
  put("type", document.type);
  if (document.boost != 1) json["boost"] = NumberJson(document.boost);
  for (const auto& [name, value] : document.fields) {
    if (!json.contains(name)) json[name] = ValueJson(value);
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Result<Document> FromStoredJson(std::string_view json) {
  const auto object = ParseObject(json);
  if (!object) return Fault("the stored document is not a JSON object");
  Document document;
  Flattener fields(document.fields);
  for (const auto& [name, value] : object->items()) {
    // Extractors may store dates and languages that a JSON line may not have: nothing is checked twice.
    if (std::string* text = BuiltInText(document, name); text != nullptr && value.is_string()) {
      *text = value.get<std::string>();
    } else if (name == "boost" && value.is_number()) {
      document.boost = value.get<double>();
    } else if (Status status = fields.Add(name, value); !status) {
      return status.error();
    }
  }
  return document;
}

Result<JsonDocument> FromJsonLine(std::string_view line) {
  auto object = ParseObject(line);
  // nlohmann refuses malformed UTF-8; one stray byte must not cost a document.
  if (!object) object = ParseObject(text::ValidUtf8(line));
  if (!object) return Fault("the line is not a JSON object");
  JsonDocument result;
  if (!object->contains("id")) return Fault("`id` is missing; every document needs one of 1 to 512 bytes");
  for (auto& [name, value] : object->items()) {
    if (Status status = ReadMember(name, value, result); !status) return status.error();
  }
  return result;
}

}  // namespace quipu::schema
