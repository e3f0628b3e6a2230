// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/schema/field_value.h"

namespace quipu::index {

/// Where the values of a user-defined field are, and what they are compared as.
struct FieldColumn {
  int slot = -1;
  schema::ValueType type = schema::ValueType::kString;
  bool declared = false;  // in the configuration; else inferred from the first value
  bool operator==(const FieldColumn&) const = default;
};

/// The user-defined fields of one index: each name has a value slot for good, so that it can be filtered,
/// sorted and counted later without reindexing. The index keeps the table in its metadata. Thread-safe.
class FieldTable {
 public:
  using Columns = std::map<std::string, FieldColumn, std::less<>>;

  FieldTable() = default;
  explicit FieldTable(Columns columns) : columns_(std::move(columns)) {}

  /// Takes over `columns` if they are more than there are.
  void Adopt(Columns columns);

  /// The configuration's types; they win over inferred ones.
  void Declare(const std::map<std::string, schema::ValueType>& types);

  /// The column for a value of this field, made if the field is new. A value that an inferred type does not
  /// fit makes the field a string field. Nothing once there are schema::kMaxUserFields others.
  std::optional<FieldColumn> Use(std::string_view name, const schema::FieldValue& value);

  Columns columns() const;

  /// One line a field: slot, type, "declared" or "inferred", name, separated by tabs.
  std::string Encode() const;
  /// The inverse. Malformed lines are left out.
  static Columns Decode(std::string_view text);

 private:
  FieldColumn* FindOrAdd(std::string_view name, schema::ValueType type);

  mutable std::mutex mutex_;
  Columns columns_;
};

}  // namespace quipu::index
