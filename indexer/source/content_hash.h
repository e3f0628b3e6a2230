// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace quipu::source {

using Hash = std::array<std::uint8_t, 16>;

/// xxh3-128 of some bytes; never all zero, which stands for "not known".
Hash HashOf(std::string_view bytes);

/// The same of what `fd` holds, at most `max_bytes` of it; the descriptor's position is neither used nor
/// moved. Nothing if it cannot be read. `bytes_read` is increased by what was read.
std::optional<Hash> HashOfFile(int fd, std::uint64_t max_bytes, std::uint64_t& bytes_read);

inline bool IsKnown(const Hash& hash) { return hash != Hash{}; }

}  // namespace quipu::source
