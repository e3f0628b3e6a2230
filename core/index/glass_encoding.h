// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/index/document_entry.h"

namespace quipu::index::glass {

/// The pieces of which the tables of a Xapian (glass) database are made, byte for byte as Xapian 1.4 writes them;
/// its other numbers are PutVarint's. docs/decisions/own-posting-lists.md says why this is here.

/// Appends a number so that keys sort as numbers do.
void PutSortable(std::string& key, std::uint32_t number);

/// Appends a term so that longer keys sort behind it: zero bytes are followed by 0xFF.
void PutSortableText(std::string& key, std::string_view term);

/// The longest key that a table takes.
inline constexpr std::size_t kMaxKeyBytes = 255;

/// Appends the positions of a term in a document: ascending, at least one; interpolative coding.
void PutPositions(std::string& bytes, std::span<const std::uint32_t> positions);

/// All terms of a document with their frequencies, as the table of term lists has them.
std::string EncodeTerms(std::span<const EntryTerm> terms, std::uint64_t document_length);

}  // namespace quipu::index::glass
