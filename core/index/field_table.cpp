// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/field_table.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/schema/date.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

using schema::ValueType;

constexpr std::array kTypes = {ValueType::kString, ValueType::kNumber, ValueType::kBoolean, ValueType::kDate};

bool HasValue(const schema::FieldValue& value) {
  if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value)) return !list->empty();
  return !std::holds_alternative<std::monostate>(value);
}

/// A year or a month alone may be a code of something; in a field of dates it is one.
bool AreDates(const schema::FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return schema::ParseDate(*text).has_value();
  const auto* list = std::get_if<std::vector<schema::Scalar>>(&value);
  return list != nullptr && std::all_of(list->begin(), list->end(), [](const schema::Scalar& scalar) {
           const auto* text = std::get_if<std::string>(&scalar);
           return text != nullptr && schema::ParseDate(*text).has_value();
         });
}

/// The part of `text` before the next `separator`, which is taken off together with it.
std::string_view Take(std::string_view& text, char separator) {
  const std::size_t end = std::min(text.find(separator), text.size());
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return part;
}

/// Tabs and line ends separate the table's parts; in a name they and the escape itself are escaped.
std::string Escaped(std::string_view name) {
  std::string escaped;
  for (const char c : name) {
    if (c == '\\')
      escaped += "\\\\";
    else if (c == '\t')
      escaped += "\\t";
    else if (c == '\n')
      escaped += "\\n";
    else
      escaped += c;
  }
  return escaped;
}

std::string Unescaped(std::string_view text) {
  std::string name;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      name += text[i];
      continue;
    }
    ++i;
    name += text[i] == 't' ? '\t' : text[i] == 'n' ? '\n' : text[i];
  }
  return name;
}

}  // namespace

void FieldTable::Adopt(Columns columns) {
  const std::scoped_lock lock(mutex_);
  if (columns.size() > columns_.size()) columns_ = std::move(columns);
}

void FieldTable::Declare(const std::map<std::string, ValueType>& types) {
  const std::scoped_lock lock(mutex_);
  for (auto& [name, column] : columns_) column.declared = false;
  for (const auto& [name, type] : types) {
    FieldColumn* column = FindOrAdd(name, type);
    if (column == nullptr) continue;
    column->type = type;
    column->declared = true;
  }
}

FieldColumn* FieldTable::FindOrAdd(std::string_view name, ValueType type) {
  if (const auto found = columns_.find(name); found != columns_.end()) return &found->second;
  if (columns_.size() >= static_cast<std::size_t>(schema::kMaxUserFields)) return nullptr;
  // Slots are given in turn and never taken back: the next is behind all that there are.
  int slot = schema::kFirstUserSlot;
  for (const auto& [other, column] : columns_) slot = std::max(slot, column.slot + 1);
  return &columns_.emplace(std::string(name), FieldColumn{slot, type, false}).first->second;
}

std::optional<FieldColumn> FieldTable::Use(std::string_view name, const schema::FieldValue& value) {
  const ValueType shown = schema::InferType(value);
  const std::scoped_lock lock(mutex_);
  FieldColumn* column = FindOrAdd(name, shown);
  if (column == nullptr) return std::nullopt;
  const bool fits = column->type == shown || (column->type == ValueType::kDate && AreDates(value));
  if (!column->declared && !fits && HasValue(value)) column->type = ValueType::kString;
  return *column;
}

FieldTable::Columns FieldTable::columns() const {
  const std::scoped_lock lock(mutex_);
  return columns_;
}

std::string FieldTable::Encode() const {
  std::string text;
  for (const auto& [name, column] : columns()) {
    text += std::to_string(column.slot) + '\t';
    text += schema::ValueTypeName(column.type);
    text += column.declared ? "\tdeclared\t" : "\tinferred\t";
    text += Escaped(name) + '\n';
  }
  return text;
}

FieldTable::Columns FieldTable::Decode(std::string_view text) {
  Columns columns;
  while (!text.empty()) {
    std::string_view line = Take(text, '\n');
    const std::string_view slot = Take(line, '\t');
    const std::string_view type = Take(line, '\t');
    const bool declared = Take(line, '\t') == "declared";
    const auto* known = std::find_if(kTypes.begin(), kTypes.end(),
                                     [&](ValueType t) { return schema::ValueTypeName(t) == type; });
    int number = 0;
    const auto [end, error] = std::from_chars(slot.data(), slot.data() + slot.size(), number);
    if (error != std::errc() || end != slot.data() + slot.size() || known == kTypes.end()) continue;
    if (number < schema::kFirstUserSlot || line.empty()) continue;
    columns[Unescaped(line)] = {number, *known, declared};
  }
  return columns;
}

}  // namespace quipu::index
