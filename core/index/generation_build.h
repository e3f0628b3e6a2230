// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/index/base_generation.h"
#include "core/index/building_folder.h"
#include "core/index/change.h"
#include "core/index/index_directory.h"
#include "core/index/index_job.h"
#include "core/index/index_metadata.h"
#include "core/index/shard_writer.h"

namespace quipu::index {

/// A generation that is being written in `building/`: shards that threads fill with new documents, and
/// beside them, unless all is new, a copy of the published generation from which replaced documents go.
/// Merged into one database it becomes the next generation.
class GenerationBuild {
 public:
  /// Starts from a copy of `published` (0: from nothing), throwing away what is in `building/`.
  static std::unique_ptr<GenerationBuild> Start(const IndexDirectory& directory, const JobOptions& options,
                                                std::uint64_t published);
  /// Goes on with what is in `building/`, or nothing if that was begun under other circumstances.
  static std::unique_ptr<GenerationBuild> Resume(const IndexDirectory& directory, const JobOptions& options,
                                                 std::uint64_t published);

  std::vector<ManifestEntry> Manifest();
  /// Thread-safe.
  void Push(Change change);
  /// Finishes the shards, merges them into generation `number`, checks it and makes it current. Returns the
  /// number of documents, or what `check` (may be empty) has against it; then the merged generation is left.
  Result<std::uint64_t> Publish(std::uint64_t number, const std::string& created_at,
                                const PublishCheck& check);
  /// Keeps what was done for Resume.
  void Suspend();

  ChangeCounts counts() const;
  /// After Publish.
  std::vector<std::string> Shortened() const;

 private:
  GenerationBuild(const IndexDirectory& directory, const JobOptions& options, const BuildingState& state);

  void Open();
  void DropDoubles();
  void WriteGroups();
  void WriteMetadata(const std::string& created_at);
  std::vector<std::filesystem::path> CloseAll();
  std::uint64_t Merge(const std::vector<std::filesystem::path>& parts, std::uint64_t number) const;

  IndexDirectory directory_;
  JobOptions options_;
  BuildingFolder folder_;
  BuildingState state_;
  SharedState shared_;
  std::unique_ptr<BaseGeneration> base_;
  std::vector<std::unique_ptr<ShardWriter>> shards_;
};

/// The revision of the published generation `number`.
std::uint64_t GenerationRevision(const IndexDirectory& directory, std::uint64_t number);

}  // namespace quipu::index
