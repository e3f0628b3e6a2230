// SPDX-License-Identifier: GPL-2.0-or-later
// Files that are meant to do harm: each gets a state, in its time, within the memory that is promised.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>

#include "tests/e2e/archive.h"
#include "tests/indexer/extract/sample_zip.h"

namespace quipu::testing {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPromisedBytes = 600'000'000;

/// Resident memory of all processes of a group together.
std::size_t MemoryOfGroup(pid_t group) {
  std::size_t pages = 0;
  std::error_code error;
  for (fs::directory_iterator entry("/proc", error), end; !error && entry != end; entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos || ::getpgid(std::stoi(name)) != group)
      continue;
    std::ifstream statm(entry->path() / "statm");
    std::size_t size = 0;
    std::size_t resident = 0;
    if (statm >> size >> resident) pages += resident;
  }
  return pages * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

void WriteSparse(const fs::path& path, std::uintmax_t size) {
  WriteFile(path, "");
  fs::resize_file(path, size);
}

std::string Repeated(std::string_view text, std::size_t times) {
  std::string all;
  all.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += text;
  return all;
}

std::string DistinctWords(std::size_t bytes) {
  std::string all;
  for (std::size_t i = 0; all.size() < bytes; ++i) all += "w" + std::to_string(i * 7919) + " ";
  return all;
}

TEST(Hostile, FilesGetAStateEachInTimeAndWithinThePromisedMemory) {
  const Archive archive;
  const fs::path files = archive.files();
  const std::string toml = ReadFile(archive.root() / "quipu.toml");
  WriteFile(archive.root() / "quipu.toml",
            "data_dir = \"var\"\n[indexer]\nfile_timeout_ms = 15000\n" + toml.substr(toml.find("[indexes")));
  WriteSparse(files / "sparse.txt", 1ULL << 30);
  WriteSparse(files / "sparse.html", 1ULL << 30);
  WriteSparse(files / "sparse-small.txt", 200ULL << 20);
  WriteFile(files / "deep.html", Repeated("<div>", 100'000) + "words" + Repeated("</div>", 100'000));
  WriteFile(files / "line.txt", Repeated("word ", 2'000'000));
  WriteFile(files / "word.txt", Repeated("w", 10'000'000));
  WriteFile(files / "distinct.txt", DistinctWords(30'000'000));
  WriteFile(files / "distinct-too.txt", DistinctWords(20'000'000));
  auto members = extract::testing::DocxMembers("<w:p/>");
  members.back().second = std::string(300'000'000, ' ');  // NOLINT(bugprone-string-constructor): a bomb
  WriteFile(files / "bomb.docx", extract::testing::MakeZip(members));
  WriteFile(files / "good.txt", "good words");
  members = {};

  ProgramOptions options;
  options.folder = archive.root();
  options.timeout = std::chrono::minutes(3);
  RunningProgram program(Archive::Words({"run", "--quiet", "--report", "report.jsonl"}), options);
  std::size_t most = 0;
  while (program.Running()) {
    most = std::max(most, MemoryOfGroup(program.pid()));
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  const ProgramResult result = program.Wait();
  EXPECT_EQ(result.exit_code, 0) << result.out << result.err;
  RecordProperty("megabytes", static_cast<int>(most / 1'000'000));
  EXPECT_LT(most, kPromisedBytes);
  const auto states = archive.States();
  EXPECT_EQ(states.size(), 10U);
  EXPECT_EQ(states.at("good.txt"), "indexed");
  EXPECT_EQ(states.at("line.txt"), "indexed");
  EXPECT_NE(states.at("bomb.docx"), "indexed");
  for (const auto& line : archive.Report()) EXPECT_LT(line["ms"].get<int>(), 30'000) << line;
}

TEST(Hostile, AHundredThousandUnchangedFilesAreNotRead) {
  // A thousand stand for them: what counts is that not one byte is read.
  const Archive archive;
  archive.WriteMany(1000, 5);
  archive.Run();
  archive.Run();
  const auto job = nlohmann::json::parse(ReadFile(archive.data() / "archive/last-job.json"));
  EXPECT_EQ(job["bytes"], 0);
  EXPECT_EQ(job["counts"]["unchanged"], 1000);
  EXPECT_EQ(job["published"], false);
}

}  // namespace
}  // namespace quipu::testing
