// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quipu::text {

/// How far a number reaches, in bytes.
struct NumberExtent {
  std::size_t number = 0;  // 0: there is none
  std::size_t list = 0;    // if more numbers follow that commas part, the end of the last that was looked at
};

/// The number that `text` begins with: digits with their separators. "1,000.5", "1.000,5", "1'000", "3,14"
/// and "1.4.22" are one number; "1,2,3" is a list of three.
NumberExtent ReadNumber(std::string_view text);

/// The number that `text` begins with as it is searched: "1000.5" for "1,000.5" and "1.000,5".
/// Digits of all scripts become 0–9.
std::string NumberForm(std::string_view text);

}  // namespace quipu::text
