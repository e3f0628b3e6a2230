// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace quipu::index {

/// What an unfinished generation was begun with; it can be resumed only under the same circumstances.
struct BuildingState {
  int format_version = 0;
  std::string fingerprint;  // JobOptions::fingerprint
  int shards = 0;
  std::uint64_t base_generation = 0;  // the published generation that `base` is a copy of; 0: there is none
  std::uint64_t base_revision = 0;
  std::string boot;  // of the machine, while it was last written
  bool operator==(const BuildingState&) const = default;
};

/// `DATA_DIR/NAME/building/`: `base/`, `shard-0/`, `run-0-0-0/`, `run-0-1-1/`, `shard-1/`, … and `state`,
/// which is written when the folder is ready for use: without it the folder is what a job left that died
/// while it made it.
class BuildingFolder {
 public:
  explicit BuildingFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path BasePath() const { return path_ / "base"; }
  std::filesystem::path ShardPath(int shard) const { return path_ / ("shard-" + std::to_string(shard)); }
  /// With what the names of a shard's runs begin (RunSet).
  std::filesystem::path RunPrefix(int shard) const { return path_ / ("run-" + std::to_string(shard)); }

  /// Nothing if there is no folder, or none that was ready.
  std::optional<BuildingState> ReadState() const;
  void WriteState(const BuildingState& state) const;

  /// Makes the folder anew, with a copy of `published` as base unless that is empty.
  void Prepare(const std::filesystem::path& published) const;
  void Discard() const;

  /// Whether every database in it is whole. Reads all of it.
  bool Check() const;

 private:
  std::filesystem::path path_;
};

/// Names the time since the machine was started; files that were never synced outlive only that.
std::string BootId();

}  // namespace quipu::index
