// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"

namespace quipu::index {

/// What is known of a stored body without reading it.
struct TextHeader {
  std::uint32_t body_bytes = 0;
  std::vector<std::uint32_t> begins;  // byte offset of each block in the body; the first is 0
  std::vector<schema::Segment> segments;
  std::vector<std::uint16_t> filter_pages;  // the least stem hash of each page of the block filter
};

std::string EncodeTextHeader(const TextHeader& header);
/// Nothing if `bytes` are no header: offsets out of order or beyond the body, counts beyond the bytes.
std::optional<TextHeader> DecodeTextHeader(std::string_view bytes);

/// A stem hash and a block in which a stem with this hash occurs.
struct StemBlock {
  std::uint16_t hash = 0;
  std::uint32_t block = 0;
  auto operator<=>(const StemBlock&) const =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14's own fault
};

/// How many of a stem hash's 16 bits the filter of a body of so many blocks keeps: short bodies keep fewer,
/// at the price of some blocks named in vain.
inline constexpr unsigned FilterHashBits(std::size_t block_count) { return block_count <= 16 ? 13 : 16; }

/// A part of the block filter of a body of `block_count` blocks: hashes and for each the blocks with it.
/// `entries` are sorted, without repeats; only the upper FilterHashBits of their hashes are kept.
std::string EncodeFilterPage(std::span<const StemBlock> entries, std::uint32_t block_count);

/// The blocks with `hash` that the page names, ascending; none of them is `block_count` or more, whatever
/// the bytes are.
std::vector<std::uint32_t> FindInFilterPage(std::string_view page, std::uint16_t hash,
                                            std::uint32_t block_count);

}  // namespace quipu::index
