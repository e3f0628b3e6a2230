// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/run_set.h"

#include <xxhash.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <tuple>
#include <utility>

#include "core/index/glass_merge.h"
#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

/// So many open files a run are few enough, and a document is written once more for each sixteenfold growth.
constexpr std::size_t kRunsToMerge = 16;
constexpr std::string_view kUnfinished = "-new";

std::uint64_t HashOf(const std::string& id) { return XXH3_64bits(id.data(), id.size()); }

/// Of all that it knows: documents, and files of which the document is gone.
std::vector<std::uint64_t> IdHashes(const Xapian::Database& database) {
  std::vector<std::uint64_t> hashes;
  for (const ManifestEntry& entry : ReadManifest(database)) hashes.push_back(HashOf(entry.id));
  std::sort(hashes.begin(), hashes.end());
  return hashes;
}

/// The two numbers of "FIRST-LAST".
std::optional<std::pair<std::uint64_t, std::uint64_t>> ReadRange(const std::string& text) {
  std::pair<std::uint64_t, std::uint64_t> range;
  const char* end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, range.first);
  if (first.ec != std::errc() || first.ptr == end || *first.ptr != '-') return std::nullopt;
  const auto last = std::from_chars(first.ptr + 1, end, range.second);
  if (last.ec != std::errc() || last.ptr != end || range.first > range.second) return std::nullopt;
  return range;
}

}  // namespace

RunSet::RunSet(fs::path prefix, SharedState& state)
    : prefix_(std::move(prefix)), state_(state), writer_(state.fields) {
  const std::string begin = prefix_.filename().string() + "-";
  std::vector<fs::path> unfinished;
  for (const auto& folder : fs::directory_iterator(prefix_.parent_path())) {
    const std::string name = folder.path().filename().string();
    if (!name.starts_with(begin)) continue;
    if (const auto range = ReadRange(name.substr(begin.size()))) {
      Run& run = runs_.emplace_back();
      std::tie(run.first, run.last) = *range;
    } else {
      unfinished.push_back(folder.path());
    }
  }
  for (const fs::path& path : unfinished) fs::remove_all(path);
  DropMerged();
  for (Run& run : runs_) run.ids = IdHashes(StoreOf(run).database());
}

fs::path RunSet::PathOf(const Run& run) const {
  return prefix_.string() + "-" + std::to_string(run.first) + "-" + std::to_string(run.last);
}

fs::path RunSet::UnfinishedPath() const { return prefix_.string() + std::string(kUnfinished); }

DocumentStore& RunSet::StoreOf(Run& run) {
  if (!run.store) {
    run.store = std::make_unique<DocumentStore>(
        Xapian::WritableDatabase(PathOf(run).string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC), state_.fields,
        state_.next_text);
  }
  return *run.store;
}

/// A process that died just after it had merged runs left them beside the one that they became.
void RunSet::DropMerged() {
  std::sort(runs_.begin(), runs_.end(), [](const Run& a, const Run& b) {
    return a.first != b.first ? a.first < b.first : a.last > b.last;
  });
  std::vector<Run> kept;
  for (Run& run : runs_) {
    if (!kept.empty() && run.last <= kept.back().last) {
      fs::remove_all(PathOf(run));
    } else {
      kept.push_back(std::move(run));
    }
  }
  runs_ = std::move(kept);
}

void RunSet::Add(const schema::Document& document, const ManifestEntry& entry) {
  WrittenDocument written = writer_.Write(document, entry);
  if (written.shortened) shortened_.push_back(document.id);
  if (HasText(document)) {
    const std::uint64_t number = state_.next_text++;
    EncodeText(number, written.Text(document), [&](const std::string& key, std::string value) {
      memory_.SetMetadata(key, std::move(value));
    });
    written.entry.values.emplace_back(schema::kTextSlot, EncodeTextNumber(number));
  }
  memory_.Add(std::move(written.entry));
  memory_ids_.insert(HashOf(document.id));
  writer_.Forget();
}

bool RunSet::MayBeInMemory(const std::string& id) const { return memory_ids_.contains(HashOf(id)); }

DocumentStore* RunSet::Find(const std::string& id) {
  const std::uint64_t hash = HashOf(id);
  for (Run& run : runs_) {
    if (!std::binary_search(run.ids.begin(), run.ids.end(), hash)) continue;
    if (DocumentStore& store = StoreOf(run); store.Knows(id)) return &store;
  }
  return nullptr;
}

void RunSet::Write() {
  if (memory_.empty()) return;
  Run run;
  run.first = run.last = runs_.empty() ? 0 : runs_.back().last + 1;
  run.ids.assign(memory_ids_.begin(), memory_ids_.end());
  std::sort(run.ids.begin(), run.ids.end());
  memory_ids_ = {};
  const fs::path unfinished = UnfinishedPath();
  try {
    memory_.Write(unfinished);
  } catch (...) {
    // Likely the disk is full: what nobody will read should not keep it so.
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
    throw;
  }
  fs::rename(unfinished, PathOf(run));
  runs_.push_back(std::move(run));
  MergeIfMany();
}

void RunSet::Commit() {
  for (Run& run : runs_) {
    if (run.store) run.store->database().commit();
  }
}

/// Every document is open in at most sixteen runs of each size, of which each is sixteen times the one
/// before.
void RunSet::MergeIfMany() {
  std::size_t begin = runs_.size();
  for (std::uint64_t size = 1; begin > 0;) {
    while (begin > 0 && runs_[begin - 1].last - runs_[begin - 1].first + 1 <= size) --begin;
    if (runs_.size() - begin < kRunsToMerge) return;
    Merge(begin, runs_.size());
    begin = runs_.size() - 1;
    size *= kRunsToMerge;
  }
}

void RunSet::Merge(std::size_t begin, std::size_t end) {
  Run merged;
  merged.first = runs_[begin].first;
  merged.last = runs_[end - 1].last;
  Commit();
  const fs::path unfinished = UnfinishedPath();
  std::vector<fs::path> parts;
  for (std::size_t i = begin; i < end; ++i) {
    runs_[i].store.reset();
    parts.push_back(PathOf(runs_[i]));
    merged.ids.insert(merged.ids.end(), runs_[i].ids.begin(), runs_[i].ids.end());
  }
  MergeDatabases(parts, unfinished);
  std::sort(merged.ids.begin(), merged.ids.end());
  fs::rename(unfinished, PathOf(merged));
  for (std::size_t i = begin; i < end; ++i) fs::remove_all(PathOf(runs_[i]));
  runs_.resize(begin);
  runs_.push_back(std::move(merged));
}

std::vector<Xapian::WritableDatabase> RunSet::Databases() {
  std::vector<Xapian::WritableDatabase> databases;
  for (Run& run : runs_) databases.push_back(StoreOf(run).database());
  return databases;
}

std::vector<fs::path> RunSet::Paths() const {
  std::vector<fs::path> paths;
  for (const Run& run : runs_) paths.push_back(PathOf(run));
  return paths;
}

}  // namespace quipu::index
