// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/text_header.h"
#include "core/schema/document.h"

namespace quipu::index {

/// The bodies of documents, in blocks of about 2 KiB that end between sentences or words, each zstd
/// compressed under a metadata key of the same Xapian database: a body commits, replicates and travels to
/// remote shards with its document, and one block of a 300-page report costs one look-up (2 µs measured)
/// and 2 KiB of decompression.
///
/// A header holds each block's begin and the segments; pages of a filter tell which stems occur in which
/// blocks. The block with the best passage is found by reading the header and, for each word of the query,
/// one filter page of about 2 KiB: no text, and nothing that grows with the body but the header (2 bytes a
/// block and the segments).

/// 16 bits of a stem (the folded word where there is no stemmer), for the block filters.
std::uint16_t StemHash(std::string_view stem);

/// Cuts `body` into blocks: the offsets at which they begin, the first of them 0. Empty body: none. A block
/// ends after a paragraph, else a sentence, else a word, and never inside a UTF-8 character.
std::vector<std::uint32_t> CutBlocks(std::string_view body);

/// What is to be stored of a document.
struct TextParts {
  std::string_view body;
  std::span<const std::uint32_t> begins;  // CutBlocks'
  std::span<StemBlock> stems;             // the stem hashes of each block in any order; they are left sorted
  std::span<const schema::Segment> segments;
};
using MetadataSink = std::function<void(std::string key, std::string value)>;

/// Gives `put` the keys and values of header, filter and blocks.
void EncodeText(std::uint64_t text_number, const TextParts& parts, const MetadataSink& put);
/// Writes them, over whatever this number held.
void WriteText(Xapian::WritableDatabase& db, std::uint64_t text_number, const TextParts& parts);
void EraseText(Xapian::WritableDatabase& db, std::uint64_t text_number);

/// The header; no blocks if the document has no body. Throws Xapian::DatabaseCorruptError on nonsense.
TextHeader ReadTextHeader(const Xapian::Database& db, std::uint64_t text_number);

/// For each of `stem_hashes` the blocks, ascending, in which a stem with this hash occurs; some blocks may
/// be named in vain (at most a few in a hundred), none is missing. A body of one block names that always.
std::vector<std::vector<std::uint32_t>> FindBlocks(const Xapian::Database& db, std::uint64_t text_number,
                                                   const TextHeader& header,
                                                   std::span<const std::uint16_t> stem_hashes);

/// The text of one block. Throws Xapian::DatabaseCorruptError if there is none.
std::string ReadTextBlock(const Xapian::Database& db, std::uint64_t text_number, std::uint32_t block);
/// The whole body, for `attributesToRetrieve: ["body"]` and for tests.
std::string ReadText(const Xapian::Database& db, std::uint64_t text_number);

/// Every key of a text begins with this.
std::string TextKeyPrefix(std::uint64_t text_number);

}  // namespace quipu::index
