// SPDX-License-Identifier: GPL-2.0-or-later
// A hundred jobs killed at random moments, while somebody searches.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xapian.h>

#include <atomic>
#include <chrono>
#include <random>
#include <thread>

#include "core/index/index_directory.h"
#include "core/search/search_index.h"
#include "tests/e2e/archive.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kKills = 100;
constexpr int kMostJobs = 4 * kKills;  // some end before they are killed
constexpr int kFiles = 40;             // and up to three more

/// What the files of one version are: each says the version, and their number differs from that of the last.
std::map<std::string, std::string> FilesOf(int version) {
  std::map<std::string, std::string> files;
  for (int i = 0; i < kFiles + version % 4; ++i) {
    files["d" + std::to_string(i % 7) + "/" + std::to_string(i) + ".txt"] =
        "version " + std::to_string(version) + " of file " + std::to_string(i);
  }
  return files;
}

void WriteVersion(const Archive& archive, int version) {
  const auto files = FilesOf(version);
  for (const auto& [path, text] : files) archive.Write(path, text, version);
  for (const auto& [path, text] : FilesOf(version - 1)) {
    if (!files.contains(path)) fs::remove(archive.files() / path);
  }
}

int VersionIn(const std::string& body) { return std::stoi(body.substr(std::string("version ").size())); }

/// The version that is published; all documents must be of it, and none be there twice or missing.
int PublishedVersion(const Archive& archive) {
  const auto reader = archive.Reader();
  std::map<std::string, std::string> found;
  const auto manifest = reader.Manifest();
  for (const auto& entry : manifest) {
    found[entry.id] = index::ReadText(reader.database(), reader.TextNumber(reader.FindDocument(entry.id)));
  }
  EXPECT_EQ(manifest.size(), found.size());
  EXPECT_EQ(reader.Facts().documents, found.size());
  const int version = VersionIn(found.begin()->second);
  EXPECT_EQ(found, FilesOf(version));
  return version;
}

/// Searches without pause, as searchd does, and counts what no search may ever find: an error, or documents
/// of two versions.
class Searching {
 public:
  explicit Searching(const Archive& archive)
      : index_({}, archive.data() / "archive"), thread_([this] { Loop(); }) {}
  ~Searching() {
    stop_ = true;
    thread_.join();
  }
  int searches() const { return searches_; }
  std::string fault() const {
    const std::scoped_lock lock(mutex_);
    return fault_;
  }

 private:
  void Loop() {
    while (!stop_) {
      try {
        index_.Refresh();
        Search();
      } catch (const std::exception& error) {
        Blame(std::string("exception: ") + error.what());
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  }
  void Search() {
    search::SearchRequest request;
    request.q = "version";
    request.limit = 100;
    request.with_body = true;
    request.deadline_ms = 60'000;
    const auto result = index_.Search(request);
    ++searches_;
    if (!result) return Blame("error: " + result.error().message);
    if (result->hits.empty()) return Blame("nothing found");
    const int version = VersionIn(result->hits.front().document.body);
    if (result->hits.size() != FilesOf(version).size())
      Blame(std::to_string(result->hits.size()) + " documents of version " + std::to_string(version));
    for (const auto& hit : result->hits) {
      if (VersionIn(hit.document.body) != version) Blame("two versions in one answer");
    }
  }
  void Blame(const std::string& fault) {
    const std::scoped_lock lock(mutex_);
    if (fault_.empty()) fault_ = fault;
  }

  search::SearchIndex index_;
  std::atomic<bool> stop_{false};
  std::atomic<int> searches_{0};
  mutable std::mutex mutex_;
  std::string fault_;
  std::thread thread_;
};

std::vector<std::string> JobWords(bool rebuild) {
  std::vector<std::string> words{"run", "--quiet", "--jobs", "1"};
  if (rebuild) words.emplace_back("--rebuild");
  return Archive::Words(words);
}

TEST(Kill, AHundredTimesLosesNothingDoublesNothingAndNoSearchFails) {
  const Archive archive;
  WriteVersion(archive, 1);
  archive.Run();
  ProgramOptions options;
  options.folder = archive.root();
  // The moments to kill at follow from how long a job takes here.
  const auto began = Clock::now();
  ASSERT_EQ(RunProgram(JobWords(true), options).exit_code, 0);
  double job_ms = std::chrono::duration<double, std::milli>(Clock::now() - began).count();

  const Searching searching(archive);
  std::mt19937 random(20261124);
  int published = 1;
  int killed = 0;
  int went_through = 0;
  int jobs = 0;
  while (killed < kKills && jobs < kMostJobs && !::testing::Test::HasFailure()) {
    const int version = ++jobs + 1;
    WriteVersion(archive, version);
    RunningProgram program(JobWords(random() % 3 == 0), options);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % static_cast<unsigned>(job_ms * 1000)));
    program.Kill();
    const bool in_time = program.Wait().signal == SIGKILL;
    killed += in_time ? 1 : 0;
    // Other work on the machine comes and goes: the range of moments follows, so that some jobs are always
    // killed near their end.
    job_ms = std::max(20.0, job_ms * (in_time ? 1.05 : 0.9));
    const int now = PublishedVersion(archive);
    EXPECT_TRUE(now == version || now == published) << "after job " << jobs;
    went_through += now == version ? 1 : 0;
    published = now;
  }
  RecordProperty("jobs", jobs);
  RecordProperty("published_all_the_same", went_through);
  RecordProperty("searches", searching.searches());
  EXPECT_EQ(killed, kKills) << "the jobs ended before they were killed";

  const int last = jobs + 2;
  WriteVersion(archive, last);
  archive.Run();
  EXPECT_EQ(PublishedVersion(archive), last);
  for (const auto& [id, state] : archive.Run()) EXPECT_EQ(state, "unchanged") << id;
  EXPECT_EQ(searching.fault(), "");
  EXPECT_GT(searching.searches(), kKills);
  const index::IndexDirectory directory(archive.data() / "archive");
  const auto generation = directory.GenerationPath(*directory.CurrentGeneration());
  EXPECT_EQ(Xapian::Database::check(generation.string(), 0, nullptr), 0U);
  EXPECT_FALSE(fs::exists(directory.BuildingPath()));
  int generations = 0;
  for (const auto& entry : fs::directory_iterator(directory.root()))
    generations += entry.path().filename().string().starts_with("gen-") ? 1 : 0;
  EXPECT_EQ(generations, 1) << "a killed job left a generation behind";
}

}  // namespace
}  // namespace quipu::testing
