// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::query {

/// A query is cut here, on a character's edge; fronts refuse longer ones before they come this far.
inline constexpr std::size_t kMaxQueryBytes = 2048;
/// A NEAR without a number, and the widest that is taken.
inline constexpr std::uint32_t kDefaultNear = 10;
inline constexpr std::uint32_t kMaxNear = 50;

enum class LexemeKind : std::uint8_t {
  kWord,
  kPhrase,
  kOpen,
  kClose,
  kAnd,
  kOr,
  kNot,
  kNear,
  kPlus,
  kMinus,
  kField
};

/// One sign of the query language.
struct Lexeme {
  LexemeKind kind = LexemeKind::kWord;
  std::string text;     // kWord, kPhrase: what was typed; operators: themselves, should they be read as words
  bool prefix = false;  // `wor*`, `"a phra*"`
  bool at_end = false;  // a word that touches the end of the query: it may still be being typed
  std::uint32_t distance = 0;  // kNear
  std::uint32_t begin = 0;     // kWord: where its text begins in the query
};

/// Whether a name before a colon is a field; others are words ("http://…").
using IsField = std::function<bool(std::string_view name)>;

/// Cuts a query into signs. Takes any bytes; never fails. Quotes without a partner, stars on their own and
/// signs in the middle of words have no meaning and separate words at most.
std::vector<Lexeme> Lex(std::string_view query, const IsField& is_field);

/// "word(tea) or phrase(green tea) …", for explain and tests.
std::string Print(const std::vector<Lexeme>& lexemes);

}  // namespace quipu::query
