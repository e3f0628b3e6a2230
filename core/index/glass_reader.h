// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/unique_fd.h"
#include "core/index/glass_table.h"

namespace quipu::index::glass {

/// Reads a table of a Xapian (glass) database from its least key to its greatest, whoever wrote it. Nobody
/// may change it meanwhile. Throws std::system_error, and Xapian::DatabaseCorruptError on nonsense.
class TableReader {
 public:
  TableReader(std::filesystem::path path, const TableRoot& root);

  /// False after the last entry.
  bool Next();

  /// These until the next Next().
  std::string_view key() const { return key_; }
  std::string_view tag() const { return tag_; }
  bool compressed() const { return compressed_; }

 private:
  struct Block {
    std::string bytes;
    std::size_t next = 0;  // in its directory
    std::size_t end = 0;
  };
  struct Item {
    std::string_view key;
    std::string_view bytes;
    unsigned flags = 0;
  };

  void Load(std::size_t level, std::uint32_t number);
  void ReadAhead(std::uint64_t offset);
  bool NextItem(Item& item);
  std::string_view NextIn(std::size_t level);
  [[noreturn]] void Fail() const;

  std::filesystem::path path_;
  UniqueFd file_;
  std::size_t block_bytes_;
  std::string ahead_;  // of the file, from ahead_offset_
  std::uint64_t ahead_offset_ = 0;
  std::vector<Block> levels_;
  std::string_view key_;
  std::string_view tag_;
  bool compressed_ = false;
  std::string long_key_;  // of what stands in several items
  std::string long_tag_;
};

}  // namespace quipu::index::glass
