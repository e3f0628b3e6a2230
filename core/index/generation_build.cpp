// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/generation_build.h"

#include <xxhash.h>

#include <algorithm>
#include <filesystem>

#include "core/index/glass_merge.h"
#include "core/index/group_update.h"
#include "core/index/index_format.h"
#include "core/index/index_reader.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

/// For the new documents of all shards together. Larger runs are fewer to merge, but what is in none is lost
/// if the process dies.
constexpr std::size_t kMemoryBytes = std::size_t{128} << 20;

BuildingState StateFor(const IndexDirectory& directory, const JobOptions& options, std::uint64_t published) {
  BuildingState state;
  state.format_version = kFormatVersion;
  state.fingerprint = options.fingerprint;
  state.shards = std::max(1, options.threads);
  state.base_generation = published;
  if (published != 0) state.base_revision = GenerationRevision(directory, published);
  state.boot = BootId();
  return state;
}

}  // namespace

std::uint64_t GenerationRevision(const IndexDirectory& directory, std::uint64_t number) {
  return Xapian::Database(directory.GenerationPath(number).string()).get_revision();
}

GenerationBuild::GenerationBuild(const IndexDirectory& directory, const JobOptions& options,
                                 const BuildingState& state)
    : directory_(directory), options_(options), folder_(directory.BuildingPath()), state_(state) {}

std::unique_ptr<GenerationBuild> GenerationBuild::Start(const IndexDirectory& directory,
                                                        const JobOptions& options, std::uint64_t published) {
  std::unique_ptr<GenerationBuild> build(
      new GenerationBuild(directory, options, StateFor(directory, options, published)));
  build->folder_.Prepare(published == 0 ? fs::path() : directory.GenerationPath(published));
  build->Open();
  build->folder_.WriteState(build->state_);
  return build;
}

std::unique_ptr<GenerationBuild> GenerationBuild::Resume(const IndexDirectory& directory,
                                                         const JobOptions& options, std::uint64_t published) {
  const BuildingFolder folder(directory.BuildingPath());
  const auto found = folder.ReadState();
  if (!found || found->shards < 1) return nullptr;
  BuildingState wanted = StateFor(directory, options, published);
  const bool rebooted = found->boot != wanted.boot;
  wanted.shards = found->shards;
  wanted.boot = found->boot;
  if (*found != wanted || (rebooted && !folder.Check())) return nullptr;
  wanted.boot = BootId();
  std::unique_ptr<GenerationBuild> build(new GenerationBuild(directory, options, wanted));
  try {
    build->Open();
  } catch (
      const Xapian::Error&) {  // killed while it made a shard: the caller starts anew and nothing is lost
    return nullptr;
  }
  build->DropDoubles();
  folder.WriteState(wanted);
  return build;
}

void GenerationBuild::Open() {
  if (fs::exists(folder_.BasePath())) {
    base_ = std::make_unique<BaseGeneration>(folder_.BasePath(), shared_);
    ReadSharedState(base_->store().database(), shared_);
  }
  for (int shard = 0; shard < state_.shards; ++shard) {
    const ShardWriter::Place place{folder_.ShardPath(shard), folder_.RunPrefix(shard),
                                   kMemoryBytes / static_cast<std::size_t>(state_.shards)};
    shards_.push_back(std::make_unique<ShardWriter>(place, shared_, base_.get()));
    ReadSharedState(shards_.back()->Databases().front(), shared_);
  }
  shared_.fields.Declare(options_.field_types);
}

/// A process that died between the commits of a shard and of the base left documents in both.
void GenerationBuild::DropDoubles() {
  if (!base_) return;
  for (const auto& shard : shards_) {
    for (const Xapian::Database& database : shard->Databases()) {
      std::vector<std::string> ids;
      for (const ManifestEntry& entry : ReadManifest(database)) ids.push_back(entry.id);
      base_->Delete(ids);
    }
  }
  base_->Commit();
}

std::vector<ManifestEntry> GenerationBuild::Manifest() {
  std::vector<ManifestEntry> entries;
  if (base_) entries = ReadManifest(base_->store().database());
  for (const auto& shard : shards_) {
    for (const Xapian::Database& database : shard->Databases()) {
      auto more = ReadManifest(database);
      entries.insert(entries.end(), std::make_move_iterator(more.begin()),
                     std::make_move_iterator(more.end()));
    }
  }
  return entries;
}

void GenerationBuild::Push(Change change) {
  // The same id always goes to the same shard, whose thread keeps the order of its changes.
  const std::uint64_t hash = XXH3_64bits(change.id().data(), change.id().size());
  shards_[hash % shards_.size()]->Push(std::move(change));
}

ChangeCounts GenerationBuild::counts() const {
  ChangeCounts counts;
  for (const auto& shard : shards_) counts.Add(shard->counts());
  return counts;
}

std::vector<std::string> GenerationBuild::Shortened() const {
  std::vector<std::string> ids;
  for (const auto& shard : shards_) {
    const auto more = shard->Shortened();
    ids.insert(ids.end(), more.begin(), more.end());
  }
  return ids;
}

void GenerationBuild::Suspend() {
  for (const auto& shard : shards_) shard->Stop();
  if (base_) base_->Commit();
}

Result<std::uint64_t> GenerationBuild::Publish(std::uint64_t number, const std::string& created_at,
                                               const PublishCheck& check) {
  for (const auto& shard : shards_) shard->BeginFinish();
  for (const auto& shard : shards_) shard->Finish();
  WriteGroups();
  WriteMetadata(created_at);
  const auto parts = CloseAll();
  const std::uint64_t documents = Merge(parts, number);
  if (check) {
    auto reader = IndexReader::Over(Xapian::Database(directory_.GenerationPath(number).string()), number);
    if (Status allowed = check(reader); !allowed) return allowed.error();
  }
  directory_.Publish(number);
  folder_.Discard();
  return documents;
}

/// Before the merge, which then writes the keys where they belong: changed afterwards, the merged database
/// would lose its compactness.
void GenerationBuild::WriteGroups() {
  std::vector<Xapian::WritableDatabase> parts;
  if (base_) parts.push_back(base_->store().database());
  for (const auto& shard : shards_) {
    const auto more = shard->Databases();
    parts.insert(parts.end(), more.begin(), more.end());
  }
  UpdateGroups(parts, options_.translation_folders);
}

/// One part has the index's metadata: a key that two have would be for the merge to guess.
void GenerationBuild::WriteMetadata(const std::string& created_at) {
  for (const auto& shard : shards_) {
    Xapian::WritableDatabase database = shard->Databases().front();
    if (shard == shards_.front()) {
      WriteIndexMetadata(database, shared_, options_, created_at);
    } else {
      EraseIndexMetadata(database);
    }
  }
  if (base_) EraseIndexMetadata(base_->store().database());
}

std::vector<fs::path> GenerationBuild::CloseAll() {
  std::vector<fs::path> parts;
  if (base_) {
    base_->Commit();
    base_->store().database().close();
    parts.push_back(folder_.BasePath());
  }
  for (const auto& shard : shards_) {
    for (Xapian::WritableDatabase& database : shard->Databases()) {
      database.commit();
      database.close();
    }
    const auto paths = shard->Paths();
    parts.insert(parts.end(), paths.begin(), paths.end());
  }
  return parts;
}

std::uint64_t GenerationBuild::Merge(const std::vector<fs::path>& parts, std::uint64_t number) const {
  std::uint64_t documents = 0;
  for (const fs::path& part : parts) documents += Xapian::Database(part.string()).get_doccount();
  const fs::path path = directory_.GenerationPath(number);
  MergeDatabases(parts, path);
  const Xapian::Database merged(path.string());
  if (merged.get_doccount() != documents || !CheckFormat(merged, path).ok()) {
    throw Xapian::DatabaseCorruptError("the merged generation is not what its parts were");
  }
  return documents;
}

}  // namespace quipu::index
