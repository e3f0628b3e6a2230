// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/search/search_request.h"

namespace quipu::search {

/// Writes values one after another so that no two different rows of values give the same bytes: lengths
/// stand before texts and lists.
class KeyWriter {
 public:
  void Add(std::string_view text) {
    Add(text.size());
    key_.append(text);
  }
  void Add(const std::string& text) { Add(std::string_view(text)); }
  template <typename Number>
  requires std::is_arithmetic_v<Number> || std::is_enum_v<Number>
  void Add(Number number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    key_.append(bytes, sizeof number);
  }
  template <typename Value>
  void Add(const std::vector<Value>& list) {
    Add(list.size());
    for (const Value& value : list) Add(value);
  }
  template <typename Value>
  void Add(const std::optional<Value>& value) {
    Add(value.has_value());
    if (value) Add(*value);
  }
  void Add(const query::FilterNode& filter);
  void Add(const CroppedField& field);
  void Add(const FieldFormat& format);
  void Add(const SearchRequest& request);

  std::string Take() { return std::move(key_); }

 private:
  std::string key_;
};

/// Whether the answer changes with time alone, by a date such as `now-1y`.
bool DependsOnClock(const SearchRequest& request);

}  // namespace quipu::search
