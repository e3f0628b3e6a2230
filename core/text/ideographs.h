// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quipu::text {

/// One written sign of a run of Han, kana or Hangul: a base with its marks, or the letters of a Hangul
/// syllable.
struct Ideograph {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string folded;  // half-width and compatibility forms as the usual ones
};

/// Reads the sign that begins at byte `at` of `run`; false at the end. Reuses `sign`'s memory.
bool ReadIdeograph(std::string_view run, std::size_t at, Ideograph& sign);

}  // namespace quipu::text
