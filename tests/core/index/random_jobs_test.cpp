// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <random>

#include "core/index/index_directory.h"
#include "core/index/index_job.h"
#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

/// What an index should hold of an id: its document's body, or nothing but the memory of the file.
struct Known {
  std::optional<std::string> body;
  std::int64_t mtime = 0;
};
using Model = std::map<std::string, Known>;

/// Jobs of changes drawn at random, in an index and in a map.
class RandomJobs : public ::testing::TestWithParam<unsigned> {
 protected:
  std::size_t Below(std::size_t limit) {
    return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random_);
  }

  ManifestEntry EntryOf(const std::string& id, const std::string& state) {
    ManifestEntry entry;
    entry.id = id;
    entry.state = state;
    entry.stamp.mtime_ns = static_cast<std::int64_t>(++clock_);
    return entry;
  }

  void Set(const std::string& id, const Known& known) { model_[id] = history_[known.mtime] = known; }

  /// Of what was done before a job was suspended, the last may be missing: it says itself what it has.
  void TakeOver(IndexJob& job) {
    model_.clear();
    for (const ManifestEntry& entry : job.Manifest()) {
      EXPECT_FALSE(model_.contains(entry.id)) << entry.id << " is there twice";
      model_[entry.id] = history_.at(entry.stamp.mtime_ns);
    }
  }

  void Change(IndexJob& job) {
    const std::string id = "document-" + std::to_string(Below(30));
    switch (Below(6)) {
      case 0: {
        ManifestEntry entry = EntryOf(id, "empty");
        Set(id, {std::nullopt, entry.stamp.mtime_ns});
        return job.Record(std::move(entry));
      }
      case 1: {
        ManifestEntry entry = EntryOf(id, "indexed");
        if (model_.contains(id)) Set(id, {model_[id].body, entry.stamp.mtime_ns});
        return job.Touch(std::move(entry));
      }
      case 2: model_.erase(id); return job.Delete(id);
      default: {
        schema::Document document;
        document.id = id;
        document.body = "body " + std::to_string(clock_) + std::string(Below(5000), 'x');
        ManifestEntry entry = EntryOf(id, "indexed");
        Set(id, {document.body, entry.stamp.mtime_ns});
        return job.Put(std::move(document), std::move(entry));
      }
    }
  }

  void ExpectTheModel() {
    auto reader = IndexReader::Open(root_);
    ASSERT_TRUE(reader.ok());
    std::map<std::string, std::int64_t> remembered;
    for (const ManifestEntry& entry : reader->Manifest()) {
      EXPECT_TRUE(remembered.emplace(entry.id, entry.stamp.mtime_ns).second) << entry.id << " is there twice";
    }
    EXPECT_EQ(remembered.size(), model_.size());
    std::uint64_t documents = 0;
    for (const auto& [id, known] : model_) {
      EXPECT_EQ(remembered[id], known.mtime) << id;
      const auto docid = reader->FindDocument(id);
      ASSERT_EQ(docid != 0, known.body.has_value()) << id;
      if (docid == 0) continue;
      ++documents;
      EXPECT_EQ(ReadText(reader->database(), reader->TextNumber(docid)), *known.body) << id;
    }
    EXPECT_EQ(reader->Facts().documents, documents);
    const IndexDirectory directory(root_);
    EXPECT_EQ(Xapian::Database::check(directory.GenerationPath(*directory.CurrentGeneration()).string(), 0,
                                      nullptr),
              0U);
  }

  testing::TempDir dir_;
  std::filesystem::path root_ = dir_ / "index";
  std::mt19937 random_{GetParam()};
  std::uint64_t clock_ = 0;
  Model model_;
  std::map<std::int64_t, Known> history_;  // by their times
};

TEST_P(RandomJobs, LeaveWhatTheirChangesAddUpTo) {
  for (int round = 0; round < 12; ++round) {
    auto job = IndexJob::Begin(root_, {.threads = 1 + static_cast<int>(Below(3)), .fingerprint = "same"});
    ASSERT_TRUE(job.ok()) << job.error().message;
    if (Below(4) > 0) (*job)->Expect(1'000'000);
    for (std::size_t changes = Below(120); changes > 0; --changes) Change(**job);
    if (Below(3) == 0) {
      (*job)->Suspend();
      job->reset();
      job = IndexJob::Begin(root_, {.fingerprint = "same"});
      ASSERT_TRUE(job.ok()) << job.error().message;
      TakeOver(**job);
      for (std::size_t changes = Below(60); changes > 0; --changes) Change(**job);
    }
    (*job)->Publish();
    job->reset();
    ExpectTheModel();
    if (HasFailure()) break;
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomJobs, ::testing::Range(1U, 9U));

}  // namespace
}  // namespace quipu::index
