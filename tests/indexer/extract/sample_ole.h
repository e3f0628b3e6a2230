// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::extract::testing {

/// An OLE compound file with these streams (path with '/', content).
std::string MakeOle(const std::vector<std::pair<std::string, std::string>>& streams);

/// Little-endian bytes.
std::string Le16(std::uint16_t value);
std::string Le32(std::uint32_t value);
std::string Le64(std::uint64_t value);
std::string LeDouble(double value);
/// `text` (characters of the basic plane) as UTF-16, little-endian.
std::string Utf16(std::u16string_view text);

/// A \005SummaryInformation stream: property ids with windows-1252 strings; created on 2023-01-17T10:00:00Z.
std::string MakeSummary(const std::vector<std::pair<std::uint32_t, std::string>>& texts);

/// 2023-01-17T10:00:00Z as a FILETIME.
inline constexpr std::uint64_t kSampleFileTime = 133184232000000000ULL;

}  // namespace quipu::extract::testing
