// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/index/manifest.h"
#include "core/schema/document.h"
#include "core/schema/field_value.h"

namespace quipu::index {

class IndexReader;

struct JobOptions {
  bool rebuild = false;       // write a new generation from nothing, whatever is there
  bool small_change = false;  // few documents, as `add` and `delete` have: what is unfinished is left alone,
                              // and Expect is not listened to
  int threads = 2;            // writer threads (shards) of a new generation
  std::string title;          // stored as metadata for searchd
  std::vector<std::string> languages;                    // from the configuration; may be empty
  std::map<std::string, schema::ValueType> field_types;  // declared; others are inferred
  /// What of the configuration changes how documents are made. Unfinished shards that were begun with
  /// another are thrown away; the published index keeps the one of its last job (IndexFacts).
  std::string fingerprint;
  bool translation_folders = false;  // documents that differ only in a language folder are translations
};

/// Looks at the result of a job before anybody else sees it, and says why it may not be published.
using PublishCheck = std::function<Status(IndexReader&)>;

struct JobCounts {
  std::uint64_t added = 0, replaced = 0, deleted = 0;
  std::uint64_t documents = 0;         // in the index afterwards
  std::uint64_t generation = 0;        // published
  std::vector<std::string> shortened;  // ids of documents put by this job with too many terms (kTooManyTerms)
};

/// The one writer of an index, until it is destroyed. Searchers see the index as it was until Publish()
/// returns, then as it became; a job that is destroyed without Publish() leaves the published index
/// untouched.
///
/// A first build, a rebuild and a large change write a new generation: shards filled in parallel in
/// `building/`, committed now and then (a later job resumes from them unless `rebuild`), compacted,
/// checked, fsynced, published by renaming CURRENT. A small change is one transaction in place.
///
/// Put, Record, Touch and Delete may be called from any thread and block while the writers are behind; they
/// throw what stopped the writers (a full disk). Calls for one id must come from one thread to keep order.
class IndexJob {
 public:
  /// kIndexLocked if another job holds it, kIndexVersion for a foreign format (unless `rebuild`).
  static Result<std::unique_ptr<IndexJob>> Begin(const std::filesystem::path& index_root,
                                                 const JobOptions& options);
  virtual ~IndexJob() = default;

  /// Leaves word of how far the job is, for IndexLock::Holder. From any thread.
  virtual void Note(std::string_view /*text*/) {}

  /// True if this job starts from shards that another left unfinished: it has something to publish even if
  /// nothing more is to be done.
  virtual bool Resumed() const = 0;

  /// Everything this job starts from: the published index, or the shards that it resumes; nothing in a
  /// rebuild. Before the first change.
  virtual std::vector<ManifestEntry> Manifest() = 0;

  /// Says how many documents the job will put, record and delete, once that is known and before the first
  /// of them: a large change is written as a new generation from the start. Without it changes are collected
  /// in memory until they are too many to be made in place.
  virtual void Expect(std::uint64_t changes) = 0;

  /// Adds or replaces the document with this id, and what the manifest says of it.
  virtual void Put(schema::Document document, ManifestEntry entry) = 0;
  /// Remembers a file that gave no document; removes the document that it gave before.
  virtual void Record(ManifestEntry entry) = 0;
  /// Renews what is remembered of a file whose document stays as it is. Unknown ids are ignored.
  virtual void Touch(ManifestEntry entry) = 0;
  /// Removes a document, and the memory of its file. Unknown ids are ignored.
  virtual void Delete(const std::string& id) = 0;

  /// Makes the result visible to searchers. Throws if the disk refuses; the index is then as it was.
  JobCounts Publish() { return PublishIf({}).value(); }
  /// The same, if `check` (may be empty) finds nothing against it; else its error, the index is as it was and
  /// what was done is thrown away. The reader that it gets is on what would be published.
  virtual Result<JobCounts> PublishIf(const PublishCheck& check) = 0;
  /// Ends without publishing, keeping what a later run can resume from.
  virtual void Suspend() = 0;
  /// Ends without publishing and throws away what was done, for a job whose result was refused.
  virtual void Discard() = 0;
};

}  // namespace quipu::index
