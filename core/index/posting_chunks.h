// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/index/glass_table.h"

namespace quipu::index::glass {

/// One list of documents with a number each (a posting list, or the lengths of documents) in the chunks in
/// which Xapian keeps it. Documents come in ascending order.
class PostingChunks {
 public:
  void Add(std::uint32_t document, std::uint32_t number);

  /// Part of another list, as it stands in one of its chunks: `bytes` are the numbers of `first` to `last`.
  /// Short ones become one.
  void Append(std::uint32_t first, std::uint32_t last, std::string_view bytes);

  struct List {
    std::string_view key;         // of the first chunk
    std::string_view separator;   // between that and the first document of another
    std::uint64_t documents = 0;  // none for the lengths of documents
    std::uint64_t count = 0;
  };
  /// Writes all to `table` and forgets it.
  void Write(const List& list, TableFile& table);

 private:
  struct Chunk {
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::string bytes;
  };

  Chunk& Begin(std::uint32_t document, std::size_t bytes);

  std::vector<Chunk> chunks_;
  std::size_t used_ = 0;  // of them; the others keep their memory for the next list
};

/// What stands before a document's numbers in a chunk, but for what only the first has.
struct ChunkHead {
  std::uint32_t last = 0;
  std::string_view bytes;
};
/// Reads what Write wrote behind the totals. Throws Xapian::DatabaseCorruptError.
ChunkHead ReadChunk(std::string_view tag, std::uint32_t first);

}  // namespace quipu::index::glass
