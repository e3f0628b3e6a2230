// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"

namespace quipu::index {

/// The bodies of documents, in blocks of about 2 KiB that end between sentences or words, each zstd
/// compressed under a metadata key of the same Xapian database ("t" + text number + block number): a body
/// commits, replicates and travels to remote shards with its document, and one block of a 300-page report
/// costs one look-up (2 µs measured) and 2 KiB of decompression.
///
/// A header under block number 0xFFFFFFFF holds each block's begin, the segments, and for each block a
/// filter of the stems that occur in it, so that the block with the best passage is found without reading
/// any text.
class TextBlocks {
 public:
  struct Block {
    std::uint32_t begin = 0;                       // byte offset of the block in the body
    std::vector<std::uint16_t> stem_hashes;        // sorted StemHash() of every stem in the block
  };
  std::vector<Block> blocks;
  std::vector<schema::Segment> segments;
  std::uint32_t body_bytes = 0;
};

/// 16 bits of a stem (folded word where there is no stemmer), for the block filters.
std::uint16_t StemHash(std::string_view stem);

/// Cuts `body` into blocks: the offsets at which they begin, the first of them 0. Empty body: none.
std::vector<std::uint32_t> CutBlocks(std::string_view body);

/// Writes header and blocks. `stems` holds, for each block, its stem hashes (any order, repeats allowed).
void WriteText(Xapian::WritableDatabase& db, std::uint64_t text_number, std::string_view body,
               std::span<const std::uint32_t> begins, std::vector<std::vector<std::uint16_t>> stems,
               std::span<const schema::Segment> segments);
void EraseText(Xapian::WritableDatabase& db, std::uint64_t text_number);

/// The header; no blocks if the document has no body. Throws Xapian::DatabaseCorruptError on nonsense.
TextBlocks ReadTextHeader(const Xapian::Database& db, std::uint64_t text_number);
std::string ReadTextBlock(const Xapian::Database& db, std::uint64_t text_number, std::uint32_t block);
/// The whole body, for `attributesToRetrieve: ["body"]` and for tests.
std::string ReadText(const Xapian::Database& db, std::uint64_t text_number);

}  // namespace quipu::index
