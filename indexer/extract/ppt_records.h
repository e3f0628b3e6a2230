// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

namespace quipu::extract {

/// A record of a PowerPoint stream: a container of others, or an atom with bytes.
struct PptRecord {
  std::uint16_t type = 0;
  std::uint16_t instance = 0;
  bool container = false;
  std::string_view bytes;
};

/// The record that begins at `at`, cut off where the stream ends; false if there is none.
bool ReadPptRecord(std::string_view stream, std::uint64_t at, PptRecord& record);

/// The records inside a container, one after another, not those inside them.
void ForEachPptRecord(std::string_view bytes, const std::function<void(const PptRecord&)>& tell);

/// The atoms inside a container at any depth (up to kMaxPptDepth), in order.
void ForEachPptAtom(std::string_view bytes, const std::function<void(const PptRecord&)>& tell, int depth = 0);

inline constexpr int kMaxPptDepth = 32;

}  // namespace quipu::extract
