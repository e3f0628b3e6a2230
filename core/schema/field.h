// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace quipu::schema {

/// How a built-in field stands in the index. This table is the only truth about prefixes, slots and
/// weights; docs/index-format.md is checked against it by a test.
///
/// A text field's words are the terms PREFIX+folded (with positions), "Z"+PREFIX+stem and, for words
/// with diacritics, "E"+PREFIX+exact. Folded words never begin with a capital ASCII letter, so prefixes
/// cannot clash with words.
struct Field {
  std::string_view name;
  std::string_view prefix;  // of its terms
  int slot;                 // Xapian value slot; -1: none
  double weight;            // of its words in ranking; 0: not searched as text
  bool boolean;             // its value is one term PREFIX+value, for filters
  bool stored;              // in the stored document
  std::string_view meaning;
};

std::span<const Field> Fields();

/// The field of that name, or nullptr.
const Field* FindField(std::string_view name);

inline constexpr std::string_view kStemPrefix = "Z";
inline constexpr std::string_view kExactPrefix = "E";

/// Xapian rejects terms over 245 bytes.
inline constexpr std::size_t kMaxTermBytes = 245;

/// The unique term of a document: "Q"+id, with the tail of a long id replaced by its hash.
std::string IdTerm(std::string_view id);

/// The boolean term that filters on a user-defined field: "XF"+name+":"+folded value, hashed if long.
std::string FilterTerm(std::string_view field, std::string_view value);

}  // namespace quipu::schema
