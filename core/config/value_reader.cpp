// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/value_reader.h"

#include <charconv>
#include <optional>
#include <system_error>
#include <utility>

namespace quipu::config {
namespace {

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string> SplitList(std::string_view text) {
  std::vector<std::string> items;
  if (Trim(text).empty()) return items;
  for (;;) {
    const std::size_t comma = text.find(',');
    items.emplace_back(Trim(text.substr(0, comma)));
    if (comma == std::string_view::npos) return items;
    text.remove_prefix(comma + 1);
  }
}

template <typename Number>
std::optional<Value> ReadNumber(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stop, failure] = std::from_chars(text.data(), end, number);
  if (text.empty() || failure != std::errc() || stop != end) return std::nullopt;
  return Value(number);
}

std::optional<Value> ReadChoice(std::string_view choices, std::string_view text) {
  std::int64_t place = 0;
  while (!choices.empty()) {
    const std::size_t bar = choices.find('|');
    if (choices.substr(0, bar) == text) return Value(place);
    if (bar == std::string_view::npos) break;
    choices.remove_prefix(bar + 1);
    ++place;
  }
  return std::nullopt;
}

std::optional<Value> ReadByKind(const Key& key, std::string_view text) {
  switch (key.kind) {
    case ValueKind::kBoolean:
      if (text == "true" || text == "1") return Value(true);
      if (text == "false" || text == "0") return Value(false);
      return std::nullopt;
    case ValueKind::kInteger: return ReadNumber<std::int64_t>(text);
    case ValueKind::kNumber: return ReadNumber<double>(text);
    case ValueKind::kChoice: return ReadChoice(key.choices, text);
    case ValueKind::kTexts:
    case ValueKind::kGlobs:
    case ValueKind::kHosts:
    case ValueKind::kNetworks:
    case ValueKind::kLanguages: return Value(SplitList(text));
    default: return Value(std::string(text));
  }
}

}  // namespace

Result<Value> ReadValue(const Key& key, std::string_view text) {
  std::optional<Value> value = ReadByKind(key, text);
  if (!value) {
    return Error{Code::kConfig, "expected " + Expectation(key) + ", not \"" + std::string(text) + "\""};
  }
  if (std::string fault = FaultOf(key, *value); !fault.empty()) return Error{Code::kConfig, std::move(fault)};
  return *std::move(value);
}

Value Anchored(const Key& key, Value value, const std::filesystem::path& base) {
  std::string* text = std::get_if<std::string>(&value);
  if (text == nullptr || text->empty()) return value;
  if (key.kind == ValueKind::kPath && *text != "-") {
    *text = (base / *text).lexically_normal().string();
  } else if (key.kind == ValueKind::kListen && text->starts_with("unix:")) {
    *text = "unix:" + (base / text->substr(5)).lexically_normal().string();
  }
  return value;
}

}  // namespace quipu::config
