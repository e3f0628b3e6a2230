// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/field_value.h"
#include "core/search/search_field.h"

namespace quipu::search {

/// A finite number that is the whole text.
std::optional<double> ReadNumber(std::string_view text);

/// The values of one field in every document of one state of an index, in memory: each value has an ordinal
/// in the field's order, each document has ordinals. Values that fold to the same text are one, shown in
/// their most frequent spelling. Immutable, so any number of threads may read it.
class Column {
 public:
  using Ordinal = std::uint32_t;
  static constexpr Ordinal kNone = std::numeric_limits<Ordinal>::max();

  /// Reads the field's value slot from beginning to end: 100,000 documents take some 20 ms. May throw
  /// Xapian::DatabaseModifiedError.
  Column(const Xapian::Database& database, const SearchField& field);

  /// How many different values there are.
  std::size_t size() const { return values_.size(); }
  schema::ValueType type() const { return type_; }

  /// As people see it.
  std::string_view Text(Ordinal value) const { return Part(values_[value].text, values_[value].text_bytes); }
  /// As it is compared: folded, or the text itself in a field that is not folded.
  std::string_view Key(Ordinal value) const { return Part(values_[value].key, values_[value].key_bytes); }
  /// Numbers, and dates as seconds since 1970; NaN if the value is neither. In a string field what reads as a
  /// number has one, too.
  double Number(Ordinal value) const { return values_[value].number; }

  /// What a document has: ordinals without repetition, ascending. Empty if it has no value.
  std::span<const Ordinal> Of(Xapian::docid docid) const {
    if (begins_.empty()) {
      if (docid >= ordinals_.size() || ordinals_[docid] == kNone) return {};
      return {&ordinals_[docid], 1};
    }
    if (docid + 1 >= begins_.size()) return {};
    return {ordinals_.data() + begins_[docid], begins_[docid + 1] - begins_[docid]};
  }
  bool single_valued() const { return begins_.empty(); }

  /// Memory that it takes.
  std::size_t bytes() const;

 private:
  struct Value {
    std::size_t text = 0, key = 0;  // where they are in arena_
    std::uint32_t text_bytes = 0, key_bytes = 0;
    double number = 0;
  };
  struct Reading;

  std::string_view Part(std::size_t begin, std::uint32_t bytes) const {
    return {arena_.data() + begin, bytes};
  }
  void TakeValues(const Reading& reading, std::vector<Ordinal>& ordinal_of);
  void TakeDocuments(const Reading& reading, const std::vector<Ordinal>& ordinal_of);

  schema::ValueType type_;
  std::string arena_;
  std::vector<Value> values_;
  std::vector<Ordinal> ordinals_;      // one a document, or those of all documents one behind another
  std::vector<std::uint32_t> begins_;  // of each document's; empty: each has at most one
};

}  // namespace quipu::search
