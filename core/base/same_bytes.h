// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace quipu {

/// a == b, for words: they have few bytes, and calling memcmp costs more than comparing them.
inline bool SameBytes(std::string_view a, std::string_view b) {
  const std::size_t size = a.size();
  if (size != b.size()) return false;
  const auto load8 = [](const char* at) {
    std::uint64_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
  };
  const auto load4 = [](const char* at) {
    std::uint32_t number = 0;
    std::memcpy(&number, at, sizeof number);
    return number;
  };
  const char* p = a.data();
  const char* q = b.data();
  // Two loads that may overlap.
  if (size > 16) return std::memcmp(p, q, size) == 0;
  if (size >= 8) return load8(p) == load8(q) && load8(p + size - 8) == load8(q + size - 8);
  if (size >= 4) return load4(p) == load4(q) && load4(p + size - 4) == load4(q + size - 4);
  return size == 0 || (p[0] == q[0] && p[size / 2] == q[size / 2] && p[size - 1] == q[size - 1]);
}

}  // namespace quipu
