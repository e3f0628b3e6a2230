// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// Reads an OLE compound file in memory: the little file system in DOC, XLS, PPT and MSG. Sector chains and
/// the directory are followed no longer than the file has sectors and entries, so that loops end; a chain
/// that breaks gives what came before the break.
class CompoundFile {
 public:
  static constexpr std::size_t kMaxEntries = 65536;
  static constexpr std::size_t kMaxDepth = 32;
  static constexpr std::size_t kMaxStreamBytes = 128ULL << 20;

  struct Entry {
    std::string path;  // names with '/' between them, from the root on: "ObjectPool/_1/CONTENTS"
    bool storage = false;
    std::uint32_t start = 0;  // first sector
    std::uint64_t size = 0;
  };

  /// `bytes` must outlive the file. What is no compound file has no entries.
  explicit CompoundFile(std::string_view bytes);

  static bool HasMagic(std::string_view bytes);

  const std::vector<Entry>& entries() const { return entries_; }

  /// Case of ASCII letters does not count, as on Windows. nullptr: there is no such entry.
  const Entry* Find(std::string_view path) const;
  bool Has(std::string_view path) const { return Find(path) != nullptr; }

  /// The stream's bytes, at most `max_bytes`; "" if there is none.
  std::string Read(std::string_view path, std::size_t max_bytes = kMaxStreamBytes) const;

 private:
  void ReadFat();
  void ReadDirectory();
  void ReadSmallSectors(std::uint32_t start, std::uint64_t size);
  std::string_view Sector(std::uint32_t number) const;
  std::string Chain(std::uint32_t start, std::uint64_t size) const;
  std::string SmallChain(std::uint32_t start, std::uint64_t size) const;

  std::string_view bytes_;
  std::size_t sector_bytes_ = 512;
  std::size_t small_sector_bytes_ = 64;
  std::uint64_t small_limit_ = 4096;  // streams below it lie in small sectors
  std::vector<std::uint32_t> fat_;
  std::vector<std::uint32_t> small_fat_;
  std::string small_sectors_;
  std::vector<Entry> entries_;
};

}  // namespace quipu::extract
