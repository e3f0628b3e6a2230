// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_job.h"

#include <algorithm>
#include <mutex>
#include <optional>

#include "core/index/change.h"
#include "core/index/generation_build.h"
#include "core/index/in_place_update.h"
#include "core/index/index_directory.h"
#include "core/index/index_format.h"
#include "core/index/index_lock.h"
#include "core/index/index_metadata.h"
#include "core/index/index_reader.h"

namespace quipu::index {
namespace {

/// A change of so few documents is made in place whatever the index's size…
constexpr std::uint64_t kFewChanges = 1000;
/// …and so is one of fewer than one document in so many: merging a new generation costs the whole index.
constexpr std::uint64_t kInPlaceShare = 20;
/// But Xapian keeps all of a transaction in memory, at about eight times the text.
constexpr std::size_t kMaxBufferedBytes = 24U << 20;
constexpr std::uint64_t kMaxInPlaceChanges = 20000;

/// Collects changes in memory as long as they are few, and then does them in place at Publish; otherwise
/// hands them to a new generation as they come.
class Job : public IndexJob {
 public:
  Job(IndexLock lock, IndexDirectory directory, JobOptions options, std::uint64_t published)
      : lock_(std::move(lock)),
        directory_(std::move(directory)),
        options_(std::move(options)),
        published_(published) {}

  Status Prepare();

  void Note(std::string_view text) override { lock_.Note(text); }
  bool Resumed() const override { return resumed_; }
  std::vector<ManifestEntry> Manifest() override;
  void Expect(std::uint64_t changes) override;
  void Put(schema::Document document, ManifestEntry entry) override;
  void Record(ManifestEntry entry) override { Do({Change::Kind::kRecord, {}, std::move(entry)}); }
  void Touch(ManifestEntry entry) override { Do({Change::Kind::kTouch, {}, std::move(entry)}); }
  void Delete(const std::string& id) override { Do({Change::Kind::kDelete, {}, ManifestEntry{.id = id}}); }
  Result<JobCounts> PublishIf(const PublishCheck& check) override;
  void Suspend() override;
  void Discard() override;

 private:
  void Do(Change change);
  void StartBuild();
  Result<std::uint64_t> PublishBuild(std::uint64_t number, const PublishCheck& check);
  std::string CreatedAt() const;

  IndexLock lock_;
  IndexDirectory directory_;
  JobOptions options_;
  std::uint64_t published_;      // generation; 0: none
  std::uint64_t documents_ = 0;  // in it
  std::string created_at_;
  bool resumed_ = false;

  std::mutex mutex_;
  std::vector<Change> buffered_;
  std::size_t buffered_bytes_ = 0;
  std::unique_ptr<GenerationBuild> build_;
};

Status Job::Prepare() {
  if (published_ != 0) {
    // What a job left that died just before or just after it published.
    directory_.RemoveGenerationsAfter(published_);
    directory_.RemoveGenerationsBefore(published_);
    auto reader = IndexReader::Open(directory_.root());
    if (reader) {
      const IndexFacts facts = reader->Facts();
      created_at_ = facts.created_at;
      documents_ = facts.documents;
    } else if (!options_.rebuild) {
      return reader.error();
    }
  }
  if (options_.rebuild) {
    BuildingFolder(directory_.BuildingPath()).Discard();
  } else if (!options_.small_change || published_ == 0) {
    build_ = GenerationBuild::Resume(directory_, options_, published_);
    resumed_ = build_ != nullptr;
    if (!resumed_) BuildingFolder(directory_.BuildingPath()).Discard();
  }
  return Done{};
}

std::vector<ManifestEntry> Job::Manifest() {
  if (build_) return build_->Manifest();
  if (options_.rebuild || published_ == 0) return {};
  return ReadManifest(Xapian::Database(directory_.GenerationPath(published_).string()));
}

void Job::Expect(std::uint64_t changes) {
  const std::scoped_lock lock(mutex_);
  if (build_ || options_.small_change) return;
  const std::uint64_t few = std::max(kFewChanges, documents_ / kInPlaceShare);
  if (changes > std::min(few, kMaxInPlaceChanges)) StartBuild();
}

void Job::Put(schema::Document document, ManifestEntry entry) {
  entry.id = document.id;
  Do({Change::Kind::kPut, std::move(document), std::move(entry)});
}

void Job::Do(Change change) {
  {
    const std::scoped_lock lock(mutex_);
    if (!build_) {
      buffered_bytes_ += change.bytes();
      buffered_.push_back(std::move(change));
      const bool in_place = published_ != 0 && !options_.rebuild;
      if (!in_place || buffered_bytes_ > kMaxBufferedBytes || buffered_.size() > kMaxInPlaceChanges)
        StartBuild();
      return;
    }
  }
  build_->Push(std::move(change));
}

/// Called with mutex_ held: later changes must come after those that are buffered.
void Job::StartBuild() {
  build_ = GenerationBuild::Start(directory_, options_, options_.rebuild ? 0 : published_);
  for (Change& change : buffered_) build_->Push(std::move(change));
  buffered_ = {};
  buffered_bytes_ = 0;
}

Result<JobCounts> Job::PublishIf(const PublishCheck& check) {
  const std::scoped_lock lock(mutex_);
  if (!build_ && (published_ == 0 || options_.rebuild)) StartBuild();
  JobCounts counts;
  ChangeCounts changes;
  if (build_) {
    counts.generation = directory_.NextGeneration();
    const auto documents = PublishBuild(counts.generation, check);
    changes = build_->counts();
    counts.shortened = build_->Shortened();
    build_.reset();
    if (!documents) {
      BuildingFolder(directory_.BuildingPath()).Discard();
      return documents.error();
    }
    counts.documents = *documents;
  } else {
    auto result = UpdateInPlace(directory_.GenerationPath(published_), options_, buffered_,
                                [&](IndexReader& reader) { return check ? check(reader) : Status(Done{}); });
    buffered_ = {};
    if (!result) return result.error();
    changes = result->counts;
    counts.shortened = std::move(result->shortened);
    counts.documents = result->documents;
    counts.generation = published_;
  }
  counts.added = changes.added;
  counts.replaced = changes.replaced;
  counts.deleted = changes.deleted;
  return counts;
}

Result<std::uint64_t> Job::PublishBuild(std::uint64_t number, const PublishCheck& check) {
  const auto remove = [&] {
    std::error_code ignored;
    std::filesystem::remove_all(directory_.GenerationPath(number), ignored);
  };
  Result<std::uint64_t> documents = std::uint64_t{0};
  try {
    documents = build_->Publish(number, CreatedAt(), check);
  } catch (...) {
    // Likely the disk is full: what nobody will read should not keep it so.
    remove();
    throw;
  }
  if (!documents) {
    remove();
    return documents;
  }
  published_ = number;
  directory_.RemoveGenerationsBefore(number);
  return documents;
}

std::string Job::CreatedAt() const { return created_at_.empty() ? CurrentTime() : created_at_; }

void Job::Suspend() {
  const std::scoped_lock lock(mutex_);
  if (build_) build_->Suspend();
  build_.reset();
  buffered_ = {};
}

void Job::Discard() {
  const std::scoped_lock lock(mutex_);
  build_.reset();
  buffered_ = {};
  BuildingFolder(directory_.BuildingPath()).Discard();
}

}  // namespace

Result<std::unique_ptr<IndexJob>> IndexJob::Begin(const std::filesystem::path& index_root,
                                                  const JobOptions& options) {
  auto lock = IndexLock::Take(index_root);
  if (!lock) return lock.error();
  const IndexDirectory directory(index_root);
  const auto current = directory.CurrentGeneration();
  if (!current && !options.rebuild) return current.error();
  auto job = std::make_unique<Job>(std::move(*lock), directory, options, current ? *current : 0);
  try {
    if (Status status = job->Prepare(); !status) return status.error();
  } catch (const Xapian::DatabaseLockError&) {
    return Error{Code::kIndexLocked,
                 "another program is writing the index in `" + index_root.string() + "`."};
  }
  return std::unique_ptr<IndexJob>(std::move(job));
}

}  // namespace quipu::index
