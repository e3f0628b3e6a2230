// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace quipu::index {

/// What a source knew of a file when it was read; equality of mtime and size means "unchanged".
struct FileStamp {
  std::int64_t mtime_ns = 0;
  std::uint64_t size = 0;
  std::array<std::uint8_t, 16> hash{};  // xxh3-128 of the content; zero if never read
  bool operator==(const FileStamp&) const = default;
};

/// What the index remembers of one source file, whether or not it became a document.
struct ManifestEntry {
  std::string id;         // of the document; for a file without one, the id that it would have
  std::string source;     // which source it came from, e.g. "folder:seeds"; "" for `add`
  std::string container;  // the file's id if the document is a member of it (archive, mailbox); else empty
  std::string state;      // indexed, truncated (documents); empty, encrypted, failed, skipped (none)
  std::string reason;     // for all but `indexed`
  FileStamp stamp;        // of a member: nothing; its file's decides
  /// How many members the file had when it was read. Where the index remembers another number of them, a job
  /// was cut off in between, and the file is read again.
  std::uint64_t members = 0;
  std::string memo;  // what the source keeps for its next run (a page's ETag and links); opaque here
  bool operator==(const ManifestEntry&) const = default;
};

/// Why a document is `truncated` that has more different terms than an index takes of one.
inline constexpr const char* kTooManyTerms =
    "more than 400,000 different words and word forms; those that come first after that are not found";

}  // namespace quipu::index
