// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/index/field_table.h"
#include "core/index/manifest.h"
#include "core/schema/document.h"

namespace quipu::index {

/// What the index says of itself.
struct IndexFacts {
  std::string title;
  std::vector<std::string>
      languages;  // configured, else those that occur in the documents, most frequent first
  std::map<std::string, std::uint64_t>
      language_counts;                 // documents of each language; those of unknown language not
  std::string created_at, updated_at;  // ISO 8601, UTC
  std::string fingerprint;             // JobOptions::fingerprint of the job that wrote it last
  std::uint64_t generation = 0;
  std::uint64_t revision = 0;  // of the Xapian commit; generation and revision together name a state
  std::uint64_t documents = 0;
};

/// One published generation, opened for reading by one thread. Objects are cheap (40 µs) and not
/// thread-safe: a thread has its own. Any call may throw Xapian::DatabaseModifiedError when the writer
/// committed twice meanwhile: Reopen() and do the whole request again.
class IndexReader {
 public:
  /// kIndexUnavailable (nothing published, or unreadable), kIndexVersion (says what to do).
  static Result<IndexReader> Open(const std::filesystem::path& index_root);

  /// Reads any database of the index format, also one that is not published, such as one that is being
  /// written: then what it has not committed is seen too.
  static IndexReader Over(Xapian::Database database, std::uint64_t generation) {
    return {std::move(database), generation};
  }

  /// Follows in-place commits; true if there was one. New generations need a new reader.
  bool Reopen();

  Xapian::Database& database() { return database_; }
  const Xapian::Database& database() const { return database_; }
  std::uint64_t generation() const { return generation_; }
  std::uint64_t revision() const { return database_.get_revision(); }
  /// Costs a look-up for each language in the index.
  IndexFacts Facts() const;

  /// 0 if there is no such document.
  Xapian::docid FindDocument(const std::string& id) const;
  /// Everything stored but body and segments.
  schema::Document StoredDocument(Xapian::docid docid) const;
  /// The same of a document of `database()` that was opened already.
  static schema::Document Stored(const Xapian::Document& stored);
  static std::uint64_t TextNumber(const Xapian::Document& document);
  /// For text_store.h; 0: the document has no text.
  std::uint64_t TextNumber(Xapian::docid docid) const;

  /// The user-defined fields with their value slots and types.
  FieldTable::Columns UserFields() const;
  /// How many documents have each field that any has, user-defined or built in. Costs a look-up a field.
  std::map<std::string, std::uint64_t> FieldCounts() const;

  /// What each source file gave (for plans, status and reports). 100,000 entries take about 0.1 s.
  std::vector<ManifestEntry> Manifest() const;

 private:
  IndexReader(Xapian::Database database, std::uint64_t generation)
      : database_(std::move(database)), generation_(generation) {}

  Xapian::Database database_;
  std::uint64_t generation_;
};

/// The manifest of any database of the index format, also of a shard that is not published.
std::vector<ManifestEntry> ReadManifest(const Xapian::Database& database);

/// Nothing if `database` has this program's format version, else the error that says what to do.
Status CheckFormat(const Xapian::Database& database, const std::filesystem::path& path);

}  // namespace quipu::index
