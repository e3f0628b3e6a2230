// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>

#include "core/index/glass_table.h"

namespace quipu::index::glass {

enum Table : std::uint8_t { kPostingTable, kDataTable, kTermTable, kPositionTable };
inline constexpr std::size_t kTables = 4;  // that are written here; Xapian has two more
/// Tags longer than this may be compressed in the tables kDataTable and kTermTable.
inline constexpr std::size_t kLeastCompressed = 18;

/// The path of a table in the folder of a database.
std::filesystem::path TablePath(const std::filesystem::path& folder, Table table);

/// What a database knows of all its documents.
struct Statistics {
  std::uint32_t documents = 0;
  std::uint64_t total_length = 0;
  std::uint32_t least_length = 0;  // but for 0
  std::uint32_t greatest_length = 0;
  std::uint32_t greatest_count = 0;  // of a term in a document
  std::uint32_t last_document = 0;   // the greatest number that was ever used

  void AddDocument(std::uint32_t length);
  /// Those of another database, whose documents get other numbers; `last_document` stays.
  void Add(const Statistics& other);
};

struct VersionFile {
  std::array<TableRoot, kTables> roots;
  Statistics statistics;
};
/// Reads that of a database; nothing if it is of another format or has more tables than these.
std::optional<VersionFile> ReadVersionFile(const std::filesystem::path& folder);

/// Writes the file that makes a folder of tables a database. Throws std::system_error.
void WriteVersionFile(const std::filesystem::path& folder, const VersionFile& version);

}  // namespace quipu::index::glass
