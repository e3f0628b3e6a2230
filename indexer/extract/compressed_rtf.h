// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// The RTF in a mail's PidTagRtfCompressed (LZFu or uncompressed); at most `max_bytes` of it. What is
/// damaged gives what came before.
std::string DecompressRtf(std::string_view bytes, std::size_t max_bytes = 64ULL << 20);

}  // namespace quipu::extract
