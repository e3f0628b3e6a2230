// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

namespace quipu::extract {

struct CborLimits {
  std::size_t max_values = 1000000;
  int max_depth = 4;
};

/// Whether `cbor` is exactly one item that is safe to hand to a parser that builds and recurses: definite
/// lengths that fit, no tags and no byte strings, text in UTF-8, keys that are text, bounded nesting and
/// number of values. Builds nothing.
bool CborWithinLimits(std::string_view cbor, const CborLimits& limits);

}  // namespace quipu::extract
