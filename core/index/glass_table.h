// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/unique_fd.h"

namespace quipu::index::glass {

/// Blocks of this size in every table.
inline constexpr std::size_t kBlockBytes = 8192;

/// How a table is found, for the database's version file.
struct TableRoot {
  std::uint32_t block = 0;  // the root
  std::uint32_t level = 0;  // of the root; leaves are 0
  std::uint32_t entries = 0;
  std::uint32_t blocks = 0;  // 0: there is no such table
  std::uint32_t block_bytes = kBlockBytes;
};

/// Writes a table of a Xapian (glass) database, which is a B-tree, from its least key to its greatest: every
/// block is filled and written once, leaves in order, which makes the table compact. Throws std::system_error
/// if the disk refuses.
class TableFile {
 public:
  /// The file must not exist.
  explicit TableFile(std::filesystem::path path);

  /// `key` must be greater than those before, and of 1 to kMaxKeyBytes bytes.
  void Add(std::string_view key, std::string_view tag, bool compressed = false);

  /// Writes what is left. Nothing may be added afterwards. The file of a table without entries is empty.
  TableRoot Finish();

 private:
  /// A block that is being filled: a directory grows from its begin, the items from its end.
  struct Block {
    explicit Block(std::size_t height);
    std::size_t free() const { return items_begin - directory_end; }
    char* NewItem(std::size_t size);
    void Clear();

    std::string bytes;
    std::size_t level;
    std::size_t directory_end = 0;
    std::size_t items_begin = 0;
    bool empty = true;
    std::string first_key;  // what tells it from the block before
    std::uint32_t first_component = 0;
  };

  struct Component {
    std::string_view key;
    std::uint32_t number;  // from 1
    std::string_view bytes;
    unsigned flags;
  };

  void AddComponent(const Component& component);
  void BeginLeaf(const Component& component);
  void AddBranch(std::size_t level, const std::string& key, std::uint32_t component, std::uint32_t block);
  std::uint32_t WriteBlock(Block& block);
  void CompleteBlock(std::size_t level);
  void Flush();

  std::filesystem::path path_;
  UniqueFd file_;
  std::deque<Block> levels_;
  std::string last_key_;
  std::string output_;
  TableRoot root_;
};

}  // namespace quipu::index::glass
