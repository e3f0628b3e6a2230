// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/index/document_store.h"
#include "core/index/document_writer.h"
#include "core/index/index_metadata.h"
#include "core/index/posting_run.h"

namespace quipu::index {

/// The documents that are new in one shard of an unfinished generation: the last of them in memory, those
/// before in runs, each a small Xapian database. Sixteen runs of a size are merged into one. Not thread-safe.
///
/// A run appears under its name when it is whole; a process that dies leaves none in half.
class RunSet {
 public:
  /// Takes over the runs that are there: folders PREFIX-FIRST-LAST.
  RunSet(std::filesystem::path prefix, SharedState& state);

  /// Adds a document that nothing here knows.
  void Add(const schema::Document& document, const ManifestEntry& entry);

  /// Whether the document with this id may be among those in memory, where it can be neither found nor
  /// changed.
  bool MayBeInMemory(const std::string& id) const;
  /// The run that knows of this id; nullptr: none does. What is changed in it is written by Commit.
  DocumentStore* Find(const std::string& id);

  /// About the memory that Write would give back.
  std::size_t bytes() const { return memory_.bytes() + memory_ids_.size() * kIdBytes; }
  /// Makes a run of what is in memory. SharedState must have been written before.
  void Write();
  /// Writes what was changed in runs.
  void Commit();

  /// Every run, opened.
  std::vector<Xapian::WritableDatabase> Databases();
  std::vector<std::filesystem::path> Paths() const;
  /// The ids of documents that were added and had too many terms (kTooManyTerms).
  const std::vector<std::string>& shortened() const { return shortened_; }

 private:
  static constexpr std::size_t kIdBytes = 48;

  /// What was written FIRST-th to LAST-th.
  struct Run {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
    std::vector<std::uint64_t> ids;  // hashes, ascending
    std::unique_ptr<DocumentStore> store;
  };

  std::filesystem::path PathOf(const Run& run) const;
  std::filesystem::path UnfinishedPath() const;
  DocumentStore& StoreOf(Run& run);
  void DropMerged();
  void MergeIfMany();
  void Merge(std::size_t begin, std::size_t end);

  std::filesystem::path prefix_;
  SharedState& state_;
  DocumentWriter writer_;
  PostingRun memory_;
  std::unordered_set<std::uint64_t> memory_ids_;
  std::vector<Run> runs_;  // in the order of writing
  std::vector<std::string> shortened_;
};

}  // namespace quipu::index
