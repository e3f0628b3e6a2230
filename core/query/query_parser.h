// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "core/query/query_ast.h"
#include "core/query/query_lexer.h"

namespace quipu::query {

/// Builds the tree of a query. Never fails: what is no expression is read as words. From tight to loose:
/// NEAR, then + - NOT, then AND, then OR, then words side by side; `a b OR c` is a and (b or c).
/// The root is always a kList. Work is linear in the number of lexemes, depth at most kMaxNesting groups.
Node ParseLexemes(const std::vector<Lexeme>& lexemes);

/// Lex and ParseLexemes with the fields of the schema.
Node ParseQuery(std::string_view query);

/// The fields that `field:word` may name.
bool IsSearchableField(std::string_view name);

}  // namespace quipu::query
