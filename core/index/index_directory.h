// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace quipu::index {

/// The folder of one index:
///
///     DATA_DIR/NAME/CURRENT          "gen-000007\n"; replaced by rename, never edited
///     DATA_DIR/NAME/gen-000007/      a Xapian database; immutable but for in-place increments by the writer
///     DATA_DIR/NAME/building/        shards of a generation that is not published yet
///     DATA_DIR/NAME/lock             flock()ed by the one job that may write
///     DATA_DIR/NAME/last-job.json    the last job's summary
///
/// A directory is never renamed or replaced under an open handle; a new generation has a new name.
/// Functions that write throw std::system_error if the machine refuses.
class IndexDirectory {
 public:
  explicit IndexDirectory(std::filesystem::path root) : root_(std::move(root)) {}

  const std::filesystem::path& root() const { return root_; }

  /// The published generation's number, 0 if none is published. Malformed CURRENT: kIndexUnavailable.
  Result<std::uint64_t> CurrentGeneration() const;
  std::filesystem::path GenerationPath(std::uint64_t generation) const;
  std::filesystem::path BuildingPath() const { return root_ / "building"; }
  std::filesystem::path LockPath() const { return root_ / "lock"; }

  /// A number that no generation has had since the folder was last cleaned: greater than all there are.
  std::uint64_t NextGeneration() const;

  /// Makes `generation` the current one: fsyncs it, writes CURRENT.new, renames, fsyncs the folder.
  void Publish(std::uint64_t generation) const;

  /// Removes generations older than `keep`; those that readers still hold stay readable to them.
  void RemoveGenerationsBefore(std::uint64_t keep) const;
  /// Removes generations newer than `keep`: what a job left that died before it published.
  void RemoveGenerationsAfter(std::uint64_t keep) const;

  /// The summary of the last job, whatever it published; `json` is the indexer's. Replaced atomically.
  void WriteLastJob(std::string_view json) const;
  /// Empty if there was no job yet.
  std::string ReadLastJob() const;

 private:
  std::filesystem::path root_;
};

/// Writes `content` to a new file beside `path`, fsyncs it and renames it to `path`: a reader sees the old or
/// the new content whole, also after a power failure. Throws std::system_error.
void ReplaceFile(const std::filesystem::path& path, std::string_view content);

/// fsyncs every file in `folder`, and the folder. Throws std::system_error.
void SyncFolder(const std::filesystem::path& folder);

}  // namespace quipu::index
