// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/step_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <stdexcept>

#include "tests/indexer/job/fake_source.h"

namespace quipu::job {
namespace {

using report::Outcome;
using source::Reading;
using ::testing::HasSubstr;

/// Remembers what it is told.
class FakeJob final : public index::IndexJob {
 public:
  std::vector<index::ManifestEntry> Manifest() override { return {}; }
  bool Resumed() const override { return false; }
  void Expect(std::uint64_t) override {}
  void Put(schema::Document document, index::ManifestEntry entry) override {
    const std::lock_guard lock(mutex_);
    if (full) throw std::runtime_error("no space left");
    put.emplace(document.id, std::move(entry));
  }
  void Record(index::ManifestEntry entry) override {
    const std::lock_guard lock(mutex_);
    recorded.emplace(entry.id, entry);
  }
  void Touch(index::ManifestEntry entry) override {
    const std::lock_guard lock(mutex_);
    touched.emplace(entry.id, entry);
  }
  void Delete(const std::string&) override {}
  Result<index::JobCounts> PublishIf(const index::PublishCheck& /*check*/) override {
    return index::JobCounts{};
  }
  void Suspend() override {}
  void Discard() override {}

  bool full = false;
  std::map<std::string, index::ManifestEntry> put, recorded, touched;

 private:
  std::mutex mutex_;
};

Reading Gives(Reading::Kind kind, extract::State state, std::string reason = "") {
  Reading reading;
  reading.kind = kind;
  reading.extracted.state = state;
  reading.extracted.reason = std::move(reason);
  reading.stamp.mtime_ns = 99;
  return reading;
}

class StepRunnerTest : public ::testing::Test {
 protected:
  StepRunnerTest() {
    auto source = std::make_unique<FakeSource>("folder:a");
    source_ = source.get();
    sources_.push_back(std::move(source));
  }

  /// A step for a file with this reading; `before` is what the index knew of it.
  void Add(const std::string& id, Reading reading, const index::ManifestEntry* before = nullptr) {
    reading.extracted.document.id = id;
    source_->readings[id] = std::move(reading);
    items_.push_back(std::make_unique<Item>(Item{0, File(id)}));
    steps_.push_back({items_.back().get(), before, Change::kNew, before != nullptr});
  }

  void Run(int threads = 2) {
    StepRunner::Parts parts{job_, sources_, {}, record_, progress_, stop_.get_token()};
    parts.carry = carry_;
    runner_ = std::make_unique<StepRunner>(std::move(parts));
    runner_->Run(steps_, threads);
  }

  FakeSource* source_ = nullptr;
  Sources sources_;
  FakeJob job_;
  Record record_{"x", nullptr};
  report::Progress progress_{report::ProgressStyle::kNone, 2};
  std::stop_source stop_;
  std::function<void(std::span<const index::ManifestEntry>)> carry_;
  std::vector<std::unique_ptr<Item>> items_;
  std::vector<Step> steps_;
  std::unique_ptr<StepRunner> runner_;
};

TEST_F(StepRunnerTest, PutsDocumentsAndRecordsTheRest) {
  Add("good", Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  Add("part", Gives(Reading::Kind::kDocument, extract::State::kTruncated, "too long"));
  Add("locked", Gives(Reading::Kind::kNothing, extract::State::kEncrypted, "password"));
  Run();
  EXPECT_EQ(job_.put.at("good").state, "indexed");
  EXPECT_EQ(job_.put.at("good").source, "folder:a#0");
  EXPECT_EQ(job_.put.at("part").reason, "too long");
  EXPECT_EQ(job_.recorded.at("locked").state, "encrypted");
  EXPECT_EQ(record_.tally().Count(Outcome::kIndexed), 1U);
  EXPECT_EQ(record_.tally().Count(Outcome::kTruncated), 1U);
  EXPECT_EQ(record_.tally().Count(Outcome::kEncrypted), 1U);
  EXPECT_EQ(runner_->lost(), 0U);
}

TEST_F(StepRunnerTest, HandsOnWhatTheSourceWantsToRemember) {
  const auto before = Entry("same");
  Add("new", Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  Add("same", Gives(Reading::Kind::kUnchanged, extract::State::kFailed), &before);
  for (const auto& item : items_) item->found.memo = "memo";
  Run();
  EXPECT_EQ(job_.put.at("new").memo, "memo");
  EXPECT_EQ(job_.touched.at("same").memo, "memo");
}

TEST_F(StepRunnerTest, TouchesWhatIsTheSameAfterAll) {
  const auto before = Entry("same");
  Add("same", Gives(Reading::Kind::kUnchanged, extract::State::kFailed), &before);
  Run();
  EXPECT_EQ(job_.touched.at("same").stamp.mtime_ns, 99);
  EXPECT_EQ(job_.touched.at("same").state, "indexed");
  EXPECT_EQ(record_.tally().Count(Outcome::kUnchanged), 1U);
}

TEST_F(StepRunnerTest, RecordsAgainWhatFailedBeforeAndIsTheSame) {
  auto before = Entry("bad", "folder:a#0", "failed");
  before.reason = "broken";
  Add("bad", Gives(Reading::Kind::kUnchanged, extract::State::kFailed), &before);
  Run();
  EXPECT_EQ(job_.recorded.at("bad").reason, "broken");
  EXPECT_EQ(record_.tally().Count(Outcome::kFailed), 1U);
}

TEST_F(StepRunnerTest, CountsDocumentsWhoseFileGivesNoneAnyMore) {
  const auto before = Entry("broken now");
  Add("broken now", Gives(Reading::Kind::kNothing, extract::State::kFailed, "syntax"), &before);
  Run();
  EXPECT_EQ(runner_->lost(), 1U);
}

TEST_F(StepRunnerTest, KeepsTheDocumentOfAFileThatCannotBeReadNow) {
  const auto before = Entry("closed");
  Add("closed", Gives(Reading::Kind::kUnreadable, extract::State::kFailed, "permission denied"), &before);
  Run();
  EXPECT_TRUE(job_.recorded.empty());
  EXPECT_EQ(runner_->lost(), 0U);
  EXPECT_THAT(record_.tally().Problems().at(0).reason, HasSubstr("is kept"));
}

TEST_F(StepRunnerTest, CarriesTheDocumentOfAFileThatCannotBeReadIntoARebuild) {
  auto before = Entry("closed");
  before.stamp.mtime_ns = 7;
  std::vector<index::ManifestEntry> carried;
  carry_ = [&](std::span<const index::ManifestEntry> entries) {
    carried.insert(carried.end(), entries.begin(), entries.end());
  };
  Add("closed", Gives(Reading::Kind::kUnreadable, extract::State::kFailed, "permission denied"), &before);
  Add("never seen", Gives(Reading::Kind::kUnreadable, extract::State::kFailed, "permission denied"));
  Run();
  ASSERT_EQ(carried.size(), 1U);
  EXPECT_EQ(carried[0].id, "closed");
  EXPECT_EQ(carried[0].state, "indexed");
  EXPECT_EQ(carried[0].stamp.mtime_ns, 0) << "the next run must try again";
  EXPECT_TRUE(job_.recorded.contains("never seen"));
}

TEST_F(StepRunnerTest, TriesAgainNextTimeWhatItCouldNotOpen) {
  Add("closed", Gives(Reading::Kind::kUnreadable, extract::State::kFailed, "permission denied"));
  Run();
  EXPECT_EQ(job_.recorded.at("closed").stamp.mtime_ns, 0);
}

TEST_F(StepRunnerTest, GoesOnAfterASourceThatThrows) {
  Add("good", Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  Add("thrown", {});
  source_->readings.erase("thrown");
  Run(1);
  EXPECT_EQ(job_.put.size(), 1U);
  EXPECT_EQ(record_.tally().Count(Outcome::kFailed), 1U);
}

TEST_F(StepRunnerTest, ThrowsWhatTheIndexThrows) {
  job_.full = true;
  for (int i = 0; i < 50; ++i)
    Add("f" + std::to_string(i), Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  EXPECT_THROW(Run(4), std::runtime_error);
}

TEST_F(StepRunnerTest, WritesNothingMoreOnceStopped) {
  Add("good", Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  stop_.request_stop();
  Run();
  EXPECT_TRUE(job_.put.empty());
  EXPECT_FALSE(runner_->wrote());
}

TEST_F(StepRunnerTest, DoesEveryStepOnceOnManyThreads) {
  for (int i = 0; i < 500; ++i) {
    Add("f" + std::to_string(i), Gives(Reading::Kind::kDocument, extract::State::kIndexed));
  }
  Run(8);
  EXPECT_EQ(job_.put.size(), 500U);
  EXPECT_EQ(record_.tally().Count(Outcome::kIndexed), 500U);
}

}  // namespace
}  // namespace quipu::job
