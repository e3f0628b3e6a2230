// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/index/document_entry.h"
#include "core/index/glass_version.h"
#include "core/index/raw_deflate.h"
#include "core/index/term_log.h"

namespace quipu::index {

/// Whether the format of Xapian's databases is known here: that of its releases 1.4.
inline constexpr bool kXapianFormatIsKnown = XAPIAN_MAJOR_VERSION == 1 && XAPIAN_MINOR_VERSION == 4;

/// New documents in memory, to be written as a Xapian database of their own in one go. That is several times
/// as fast as adding them to one; docs/decisions/own-posting-lists.md tells why. Not thread-safe.
class PostingRun {
 public:
  void Add(DocumentEntry entry);
  /// Each key once.
  void SetMetadata(std::string_view key, std::string value);

  bool empty() const { return statistics_.documents == 0; }
  /// About the memory that it holds. Write takes up to half as much again.
  std::size_t bytes() const { return terms_.bytes() + other_bytes_; }

  /// Writes all to a new database in `folder`, which is made, and forgets it. Throws std::system_error; then
  /// `folder` may be there in part, and what was in memory is forgotten as well.
  void Write(const std::filesystem::path& folder);

 private:
  /// A tag, compressed if it got shorter by that.
  struct Tag {
    std::string bytes;
    bool compressed = false;
  };
  struct StoredDocument {
    std::uint32_t length = 0;
    Tag data;
    Tag terms;
    std::string slots;
  };
  /// What stands before the terms in their table.
  using Entries = std::vector<std::pair<std::string, std::string>>;

  Tag Pack(std::string bytes);
  void AddValues(DocumentEntry& entry, std::uint32_t document, std::string& slots);
  void PutValues(Entries& entries) const;
  glass::TableRoot WriteData(const std::filesystem::path& folder) const;
  glass::TableRoot WriteTerms(const std::filesystem::path& folder) const;
  void WritePostings(const std::filesystem::path& folder, glass::TableRoot& postings,
                     glass::TableRoot& positions);

  TermLog terms_;
  std::vector<StoredDocument> documents_;
  std::map<Xapian::valueno, std::vector<std::pair<std::uint32_t, std::string>>> values_;
  Entries metadata_;
  std::size_t other_bytes_ = 0;
  glass::Statistics statistics_;
  RawDeflate deflate_;
};

}  // namespace quipu::index
