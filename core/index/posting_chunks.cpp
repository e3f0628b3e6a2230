// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_chunks.h"

#include <xapian.h>

#include "core/index/glass_encoding.h"
#include "core/index/varint.h"

namespace quipu::index::glass {

/// The chunk that takes so many more bytes that begin with `document`; after the first, with its distance.
PostingChunks::Chunk& PostingChunks::Begin(std::uint32_t document, std::size_t bytes) {
  if (used_ > 0 && chunks_[used_ - 1].bytes.size() + bytes <= kChunkBytes) {
    Chunk& chunk = chunks_[used_ - 1];
    PutVarint(chunk.bytes, document - chunk.last - 1);
    return chunk;
  }
  if (used_ == chunks_.size()) chunks_.emplace_back();
  Chunk& chunk = chunks_[used_++];
  chunk.bytes.clear();
  chunk.first = document;
  return chunk;
}

void PostingChunks::Add(std::uint32_t document, std::uint32_t number) {
  Chunk& chunk = Begin(document, 0);
  chunk.last = document;
  PutVarint(chunk.bytes, number);
}

void PostingChunks::Append(std::uint32_t first, std::uint32_t last, std::string_view bytes) {
  if (bytes.empty()) return;
  Chunk& chunk = Begin(first, bytes.size());
  chunk.last = last;
  chunk.bytes += bytes;
}

void PostingChunks::Write(const List& list, TableFile& table) {
  std::string key(list.key);
  std::string tag;
  for (std::size_t i = 0; i < used_; ++i) {
    const Chunk& chunk = chunks_[i];
    tag.clear();
    if (i == 0) {
      PutVarint(tag, list.documents);
      PutVarint(tag, list.count);
      PutVarint(tag, chunk.first - 1);
    } else {
      key.assign(list.key).append(list.separator);
      PutSortable(key, chunk.first);
    }
    tag += i + 1 == used_ ? '1' : '0';
    PutVarint(tag, chunk.last - chunk.first);
    tag += chunk.bytes;
    table.Add(key, tag);
  }
  used_ = 0;
}

ChunkHead ReadChunk(std::string_view tag, std::uint32_t first) {
  ByteReader reader(tag);
  reader.Bytes(1);  // whether it is the last
  ChunkHead head;
  head.last = first + static_cast<std::uint32_t>(reader.Varint());
  if (reader.failed()) throw Xapian::DatabaseCorruptError("a chunk of a posting list is malformed");
  head.bytes = tag.substr(tag.size() - reader.remaining());
  return head;
}

}  // namespace quipu::index::glass
