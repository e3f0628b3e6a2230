// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/schema/document.h"

namespace quipu::index {

/// What a source knew of a file when it was read; equality of mtime and size means "unchanged".
struct FileStamp {
  std::int64_t mtime_ns = 0;
  std::uint64_t size = 0;
  std::array<std::uint8_t, 16> hash{};  // xxh3-128 of the content; zero if never read
};

/// What the index remembers of one source file, whether or not it became a document.
struct ManifestEntry {
  std::string id;           // of the document; for a file without one, the id that it would have
  std::string source;       // which source it came from, e.g. "folder:seeds"; "" for `add`
  std::string container;    // the file's id if the document is a member of it (archive, mailbox); else empty
  std::string state;        // indexed, truncated (documents); empty, encrypted, failed, skipped (none)
  std::string reason;       // for all but `indexed`
  FileStamp stamp;
};

struct JobOptions {
  bool rebuild = false;               // write a new generation from nothing, whatever is there
  bool small_change = false;          // expected to touch few documents: work in place, in one transaction
  int threads = 2;                    // writer threads (shards) of a new generation
  std::string title;                  // stored as metadata for searchd
  std::vector<std::string> languages; // from the configuration; may be empty
};

struct JobCounts {
  std::uint64_t added = 0, replaced = 0, deleted = 0;
  std::uint64_t documents = 0;        // in the index afterwards
  std::uint64_t generation = 0;       // published
};

/// The one writer of an index. Searchers see the index as it was until Publish() returns, then as it
/// became; a job that is destroyed without Publish() leaves the published index untouched.
///
/// A first build, a rebuild and a large change write a new generation: shards filled in parallel in
/// `building/`, committed now and then (a later job resumes from them unless `rebuild`), compacted,
/// checked, fsynced, published by renaming CURRENT. A small change is one transaction in place.
///
/// Put, Record and Delete may be called from any thread and block while the writers are behind.
class IndexJob {
 public:
  /// kIndexLocked if another job holds it, kIndexVersion for a foreign format (unless `rebuild`).
  static Result<std::unique_ptr<IndexJob>> Begin(const std::filesystem::path& index_root, const JobOptions& options);
  virtual ~IndexJob() = default;

  /// Everything this job starts from (the published index, or the shards that it resumes).
  virtual std::vector<ManifestEntry> Manifest() = 0;

  /// Adds or replaces the document with this id, and what the manifest says of it.
  virtual void Put(schema::Document document, ManifestEntry entry) = 0;
  /// Remembers a file that gave no document; removes the document that it gave before.
  virtual void Record(ManifestEntry entry) = 0;
  /// Removes a document, and the memory of its file. Unknown ids are ignored.
  virtual void Delete(const std::string& id) = 0;

  /// Makes the result visible to searchers. Throws if the disk refuses; the index is then as it was.
  virtual JobCounts Publish() = 0;
  /// Ends without publishing, keeping what a later run can resume from.
  virtual void Suspend() = 0;
};

}  // namespace quipu::index
