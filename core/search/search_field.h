// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/field_table.h"
#include "core/schema/field_value.h"

namespace quipu::search {

/// How a field's values are found: by filters, facets, sort and distinct.
struct SearchField {
  /// What its value slot holds.
  enum class Slot { kNone, kText, kNumber, kList };

  std::string name;
  schema::ValueType type = schema::ValueType::kString;
  int slot = -1;
  Slot slot_holds = Slot::kNone;
  std::optional<double> absent;  // what a document without a value has
  bool folded = true;            // values that differ only in case and accents are one
};

/// The field of that name in an index with these user-defined fields: `id`, `url`, `title`, `language`,
/// `type`, `date`, `boost`, a user-defined one, or one of the usual names (`author`, `description`,
/// `keywords`, `tags`) that no document has yet. Nothing if there is none, and for `body`, which has words
/// but no values.
std::optional<SearchField> FindSearchField(const index::FieldTable::Columns& user, std::string_view name);

/// All their names, sorted; the usual ones only if a document has them.
std::vector<std::string> SearchFieldNames(const index::FieldTable::Columns& user);

/// "`a`, `b` and `c`"; cut after 40 names.
std::string QuotedNames(const std::vector<std::string>& names);

}  // namespace quipu::search
