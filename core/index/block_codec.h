// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quipu::index {

/// One block of text, compressed with zstd; what does not shrink is kept as it is. The first byte tells.
std::string CompressBlock(std::string_view text);
/// The inverse; nothing if `bytes` are no such block or give more than kMaxBlockBytes.
std::optional<std::string> DecompressBlock(std::string_view bytes);

/// No block that CutBlocks makes is longer.
inline constexpr std::size_t kMaxBlockBytes = 4096;

}  // namespace quipu::index
