// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/index/document_entry.h"

namespace quipu::index::glass {

/// The pieces of which the tables of a Xapian (glass) database are made, byte for byte as Xapian 1.4 writes
/// them; its other numbers are PutVarint's. docs/decisions/own-posting-lists.md says why this is here.

/// Appends a number so that keys sort as numbers do.
void PutSortable(std::string& key, std::uint32_t number);
/// Reads what PutSortable wrote off the front of `key`; nothing if it is malformed.
std::optional<std::uint32_t> TakeSortable(std::string_view& key);

/// Appends a term so that longer keys sort behind it: zero bytes are followed by 0xFF.
void PutSortableText(std::string& key, std::string_view term);

/// How many bytes PutSortableText wrote at the front of `key`: up to a zero byte without 0xFF behind it, or
/// its end.
std::size_t SortableTextBytes(std::string_view key);

/// The longest key that a table takes.
inline constexpr std::size_t kMaxKeyBytes = 255;

/// What keys in the table of posting lists begin with that are no terms.
inline constexpr std::string_view kMetadataMark("\0\xC0", 2);
inline constexpr std::string_view kValueStatisticsMark("\0\xD0", 2);
inline constexpr std::string_view kValuesMark("\0\xD8", 2);
inline constexpr std::string_view kLengthsMark("\0\xE0", 2);
/// Between a term and a document in keys.
inline constexpr std::string_view kTermEnd("\0", 1);

/// Beyond this a chunk of a posting list or of values is ended.
inline constexpr std::size_t kChunkBytes = 2000;

/// Appends the positions of a term in a document: ascending, at least one; interpolative coding.
void PutPositions(std::string& bytes, std::span<const std::uint32_t> positions);

/// All terms of a document with their frequencies, as the table of term lists has them.
std::string EncodeTerms(std::span<const EntryTerm> terms, std::uint64_t document_length);

}  // namespace quipu::index::glass
