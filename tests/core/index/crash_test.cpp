// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <random>
#include <thread>
#include <tuple>

#include "core/index/index_directory.h"
#include "core/index/index_job.h"
#include "core/index/index_reader.h"
#include "core/index/text_store.h"
#include "tests/support/temp_dir.h"

namespace quipu::index {
namespace {

constexpr int kDocuments = 40;

/// One job that gives every document the body "version N".
JobCounts WriteVersion(const std::filesystem::path& root, int version) {
  auto job = IndexJob::Begin(root, {.fingerprint = "same"});
  if (!job) throw std::runtime_error(job.error().message);
  // Every other job is a new generation, the rest are transactions in place.
  (*job)->Expect(version % 2 == 0 ? 1'000'000 : kDocuments);
  for (int i = 0; i < kDocuments; ++i) {
    schema::Document document;
    document.id = "document-" + std::to_string(i);
    document.body = "version " + std::to_string(version);
    ManifestEntry entry;
    entry.id = document.id;
    entry.state = "indexed";
    (*job)->Put(std::move(document), std::move(entry));
  }
  return (*job)->Publish();
}

/// Writes version after version, telling each that was published, until it is killed.
[[noreturn]] void WriteForever(const std::filesystem::path& root, int first, int acknowledgements) {
  try {
    for (int version = first;; ++version) {
      WriteVersion(root, version);
      if (::write(acknowledgements, &version, sizeof version) != sizeof version) ::_exit(3);
    }
  } catch (...) {
    ::_exit(2);
  }
}

/// The one version that all documents of the published index have.
int PublishedVersion(const std::filesystem::path& root) {
  auto reader = IndexReader::Open(root);
  if (!reader) throw std::runtime_error(reader.error().message);
  EXPECT_EQ(reader->Facts().documents, static_cast<std::uint64_t>(kDocuments));
  EXPECT_EQ(reader->Manifest().size(), static_cast<std::size_t>(kDocuments));
  std::string first;
  for (int i = 0; i < kDocuments; ++i) {
    const auto docid = reader->FindDocument("document-" + std::to_string(i));
    const std::string body = ReadText(reader->database(), reader->TextNumber(docid));
    if (first.empty()) first = body;
    EXPECT_EQ(body, first) << "documents of two jobs are published together";
  }
  return std::stoi(first.substr(std::string("version ").size()));
}

/// Runs a writer and kills it after `delay`; the last version that it said it had published, or `before`.
int KillWriter(const std::filesystem::path& root, int before, std::chrono::milliseconds delay) {
  int channel[2];
  if (::pipe(channel) != 0) throw std::runtime_error("pipe");
  const pid_t child = ::fork();
  if (child == 0) {
    ::close(channel[0]);
    WriteForever(root, before + 1, channel[1]);
  }
  ::close(channel[1]);
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself with " << WEXITSTATUS(status);
  int acknowledged = before;
  for (int version = 0; ::read(channel[0], &version, sizeof version) == sizeof version;)
    acknowledged = version;
  ::close(channel[0]);
  return acknowledged;
}

TEST(Crash, AKilledWriterLosesNothingPublishedAndPublishesNothingHalf) {
  const testing::TempDir dir;
  const auto root = dir / "index";
  WriteVersion(root, 1);
  std::mt19937 random(20231123);
  std::uniform_int_distribution<int> delay_ms(1, 150);
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(6);
  int version = 1;
  for (int kills = 0; kills < 60 && std::chrono::steady_clock::now() < end && !::testing::Test::HasFailure();
       ++kills) {
    const int acknowledged = KillWriter(root, version, std::chrono::milliseconds(delay_ms(random)));
    const int published = PublishedVersion(root);
    // The writer may have been killed after it published and before it said so.
    EXPECT_GE(published, acknowledged);
    EXPECT_LE(published, acknowledged + 1);
    version = published;
  }
  EXPECT_EQ(WriteVersion(root, version + 2).documents, static_cast<std::uint64_t>(kDocuments));
  EXPECT_EQ(PublishedVersion(root), version + 2);
  const auto generation = *IndexDirectory(root).CurrentGeneration();
  EXPECT_EQ(Xapian::Database::check(IndexDirectory(root).GenerationPath(generation).string(), 0, nullptr),
            0U);
}

/// Writes a version whose files may not grow beyond `bytes`, in a process of its own; its exit status.
int WriteWithinFileSize(const std::filesystem::path& root, int version, rlim_t bytes) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);  // then write() fails with EFBIG, as it does with ENOSPC on a full disk
    const rlimit limit{bytes, bytes};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    try {
      WriteVersion(root, version);
      ::_exit(0);
    } catch (const Xapian::Error&) {
      ::_exit(10);
    } catch (const std::exception&) {
      ::_exit(11);
    }
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

/// How large a file may grow, and the version to write: even ones are new generations, odd ones in place.
class DiskFull : public ::testing::TestWithParam<std::tuple<rlim_t, int>> {};

TEST_P(DiskFull, TheIndexIsAsItWasAndTheNextJobWorks) {
  const auto [limit, version] = GetParam();
  const testing::TempDir dir;
  const auto root = dir / "index";
  WriteVersion(root, 1);
  EXPECT_GE(WriteWithinFileSize(root, version, limit), 10) << "the write was refused and nobody said so";
  EXPECT_EQ(PublishedVersion(root), 1);
  WriteVersion(root, version + 2);
  EXPECT_EQ(PublishedVersion(root), version + 2);
}

INSTANTIATE_TEST_SUITE_P(Limits, DiskFull,
                         ::testing::Combine(::testing::Values(0, 1000, 9000, 20000), ::testing::Values(2, 3)),
                         [](const auto& limit) {
                           return std::to_string(std::get<0>(limit.param)) + "Bytes" +
                                  (std::get<1>(limit.param) == 2 ? "NewGeneration" : "InPlace");
                         });

}  // namespace
}  // namespace quipu::index
