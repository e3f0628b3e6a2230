// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <cstring>

namespace quipu::extract {

/// Excel's number in 30 bits: an integer or the upper half of a double, perhaps times 100.
inline double FromRk(std::uint32_t rk) {
  constexpr std::uint32_t kTimes100 = 1;
  constexpr std::uint32_t kInteger = 2;
  double value = 0;
  if ((rk & kInteger) != 0) {
    value = static_cast<std::int32_t>(rk) >> 2;
  } else {
    const std::uint64_t bits = static_cast<std::uint64_t>(rk & ~3U) << 32;
    std::memcpy(&value, &bits, sizeof value);
  }
  return (rk & kTimes100) != 0 ? value / 100 : value;
}

}  // namespace quipu::extract
