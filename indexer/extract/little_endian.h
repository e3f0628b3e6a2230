// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace quipu::extract {

/// Numbers and parts of binary files whose every offset may be a lie: what lies beyond the end is 0 or cut
/// off.

inline std::string_view Slice(std::string_view bytes, std::uint64_t at, std::uint64_t size) {
  return at >= bytes.size() ? std::string_view() : bytes.substr(at, size);
}

inline std::uint8_t U8(std::string_view bytes, std::uint64_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

inline std::uint16_t U16(std::string_view bytes, std::uint64_t at) {
  return static_cast<std::uint16_t>(U8(bytes, at) | (U8(bytes, at + 1) << 8));
}

inline std::uint32_t U32(std::string_view bytes, std::uint64_t at) {
  return U16(bytes, at) | (static_cast<std::uint32_t>(U16(bytes, at + 2)) << 16);
}

inline std::uint64_t U64(std::string_view bytes, std::uint64_t at) {
  return U32(bytes, at) | (static_cast<std::uint64_t>(U32(bytes, at + 4)) << 32);
}

/// An IEEE double.
inline double F64(std::string_view bytes, std::uint64_t at) {
  const std::uint64_t bits = U64(bytes, at);
  double value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

}  // namespace quipu::extract
