// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>

namespace quipu::index::glass {

/// What the blocks of a table are made of; numbers are big-endian.

/// Of a block: revision (4 bytes), level (1), largest free room, all free room, end of the directory (2
/// each).
inline constexpr std::size_t kHeaderBytes = 11;
inline constexpr std::size_t kLevelAt = 4;
inline constexpr std::size_t kDirectoryEndAt = 9;
inline constexpr std::size_t kDirectoryEntryBytes = 2;

/// Of an item in a leaf: size and flags (2 bytes), length of the key (1), key, number of the component unless
/// it is the first (2), bytes. The size is without these three bytes.
inline constexpr std::size_t kLeafItemBytes = 3;
inline constexpr std::size_t kComponentBytes = 2;
inline constexpr unsigned kCompressedFlag = 0x8000;
inline constexpr unsigned kLastFlag = 0x4000;
inline constexpr unsigned kFirstFlag = 0x2000;
inline constexpr unsigned kSizeMask = 0x1FFF;
/// Of an item in a branch: block (4 bytes), length of the key (1), key, number of the component (2).
inline constexpr std::size_t kBranchItemBytes = 7;

inline void Put2(char* at, std::size_t number) {
  at[0] = static_cast<char>(number >> 8);
  at[1] = static_cast<char>(number);
}

inline void Put4(char* at, std::uint32_t number) {
  Put2(at, number >> 16);
  Put2(at + 2, number & 0xFFFF);
}

inline unsigned Get2(const char* at) {
  return static_cast<unsigned>(static_cast<unsigned char>(at[0])) << 8 | static_cast<unsigned char>(at[1]);
}

inline std::uint32_t Get4(const char* at) { return std::uint32_t{Get2(at)} << 16 | Get2(at + 2); }

}  // namespace quipu::index::glass
