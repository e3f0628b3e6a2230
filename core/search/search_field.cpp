// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/search_field.h"

#include <algorithm>
#include <array>

#include "core/schema/field.h"

namespace quipu::search {
namespace {

using schema::ValueType;
using Slot = SearchField::Slot;

struct BuiltIn {
  std::string_view name;
  ValueType type;
  Slot slot_holds;
};

constexpr std::array kBuiltIn = {
    BuiltIn{"id", ValueType::kString, Slot::kText},      BuiltIn{"url", ValueType::kString, Slot::kList},
    BuiltIn{"title", ValueType::kString, Slot::kList},   BuiltIn{"language", ValueType::kString, Slot::kList},
    BuiltIn{"type", ValueType::kString, Slot::kList},    BuiltIn{"date", ValueType::kDate, Slot::kNumber},
    BuiltIn{"boost", ValueType::kNumber, Slot::kNumber},
};

constexpr std::array<std::string_view, 4> kUsual = {"author", "description", "keywords", "tags"};

constexpr std::size_t kMaxNamed = 40;

}  // namespace

std::optional<SearchField> FindSearchField(const index::FieldTable::Columns& user, std::string_view name) {
  SearchField field;
  field.name = name;
  for (const BuiltIn& known : kBuiltIn) {
    if (known.name != name) continue;
    field.type = known.type;
    field.slot = schema::FindField(name)->slot;
    field.slot_holds = known.slot_holds;
    field.folded = name != "id";
    if (name == "boost") field.absent = 1;
    return field;
  }
  if (const auto column = user.find(name); column != user.end()) {
    field.type = column->second.type;
    field.slot = column->second.slot;
    field.slot_holds = Slot::kList;
    return field;
  }
  if (std::find(kUsual.begin(), kUsual.end(), name) != kUsual.end()) return field;
  return std::nullopt;
}

std::vector<std::string> SearchFieldNames(const index::FieldTable::Columns& user) {
  std::vector<std::string> names;
  for (const BuiltIn& known : kBuiltIn) names.emplace_back(known.name);
  for (const auto& [name, column] : user) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

std::string QuotedNames(const std::vector<std::string>& names) {
  std::string list;
  const std::size_t shown = std::min(names.size(), kMaxNamed);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) list += i + 1 == names.size() ? " and " : ", ";
    list += '`';
    list += names[i];
    list += '`';
  }
  if (shown < names.size()) list += " and " + std::to_string(names.size() - shown) + " others";
  return list;
}

}  // namespace quipu::search
