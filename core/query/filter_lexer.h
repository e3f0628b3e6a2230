// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/query/filter_ast.h"

namespace quipu::query {

enum class FilterTokenKind : std::uint8_t {
  kWord,    // text without quotes: a field, a value or a keyword
  kQuoted,  // text in quotes: a field or a value
  kOpen,
  kClose,
  kOpenList,
  kCloseList,
  kComma,
  kEqual,
  kNotEqual,
  kGreater,
  kAtLeast,
  kLess,
  kAtMost,
  kEnd,
};

struct FilterToken {
  FilterTokenKind kind = FilterTokenKind::kEnd;
  std::string text;  // of words and quoted texts, without quotes and escapes
  std::uint32_t column = 1;
};

inline constexpr std::size_t kMaxFilterBytes = 256 << 10;

/// Cuts one filter text into tokens; the last is kEnd. In quotes, a backslash takes the meaning from a quote
/// and from itself. A word ends at a space and at one of ()[],=<> and !=. The error says the column: a quote
/// that is not closed, a text over kMaxFilterBytes, a `!` that is no `!=`.
Result<std::vector<FilterToken>> LexFilter(std::string_view text, const std::string& part = "filter");

/// How a person would name it: "`=`", "the end", "`es`".
std::string Shown(const FilterToken& token);

}  // namespace quipu::query
