// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_directory.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <system_error>
#include <vector>

#include "core/base/write_all.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kGenerationPrefix = "gen-";

[[noreturn]] void ThrowErrno(const fs::path& path) {
  throw std::system_error(errno, std::generic_category(), path.string());
}

/// A file descriptor that is closed at the end of its scope.
class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags)
      : path_(path), fd_(::open(path.c_str(), flags | O_CLOEXEC, 0644)) {
    if (fd_ < 0) ThrowErrno(path);
  }
  ~Descriptor() { ::close(fd_); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  void Write(std::string_view bytes) const {
    if (!WriteAll(fd_, bytes)) ThrowErrno(path_);
  }
  void Sync() const {
    if (::fsync(fd_) != 0) ThrowErrno(path_);
  }

 private:
  fs::path path_;
  int fd_;
};

/// The number in "gen-000007", or nothing.
std::optional<std::uint64_t> GenerationNumber(std::string_view name) {
  if (!name.starts_with(kGenerationPrefix)) return std::nullopt;
  name.remove_prefix(kGenerationPrefix.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size() || number == 0) return std::nullopt;
  return number;
}

std::vector<std::uint64_t> Generations(const fs::path& root) {
  std::vector<std::uint64_t> numbers;
  std::error_code absent;
  for (const auto& entry : fs::directory_iterator(root, absent)) {
    if (const auto number = GenerationNumber(entry.path().filename().string())) numbers.push_back(*number);
  }
  return numbers;
}

std::string ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

void ReplaceFile(const fs::path& path, std::string_view content) {
  fs::path fresh = path;
  fresh += ".new";
  {
    const Descriptor file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
    file.Write(content);
    file.Sync();
  }
  fs::rename(fresh, path);
  Descriptor(path.parent_path(), O_RDONLY | O_DIRECTORY).Sync();
}

void SyncFolder(const fs::path& folder) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file()) Descriptor(entry.path(), O_RDONLY).Sync();
  }
  Descriptor(folder, O_RDONLY | O_DIRECTORY).Sync();
}

Result<std::uint64_t> IndexDirectory::CurrentGeneration() const {
  const fs::path current = root_ / "CURRENT";
  std::error_code absent;
  if (!fs::exists(current, absent)) return std::uint64_t{0};
  std::string name = ReadWhole(current);
  if (!name.empty() && name.back() == '\n') name.pop_back();
  const auto number = GenerationNumber(name);
  if (!number) {
    return Error{Code::kIndexUnavailable,
                 "`" + current.string() +
                     "` names no generation; run `quipu-indexer run --rebuild` to make the index anew."};
  }
  return *number;
}

fs::path IndexDirectory::GenerationPath(std::uint64_t generation) const {
  std::string digits = std::to_string(generation);
  if (digits.size() < 6) digits.insert(0, 6 - digits.size(), '0');
  return root_ / (std::string(kGenerationPrefix) + digits);
}

std::uint64_t IndexDirectory::NextGeneration() const {
  std::uint64_t last = 0;
  for (const std::uint64_t number : Generations(root_)) last = std::max(last, number);
  if (const auto current = CurrentGeneration(); current.ok()) last = std::max(last, *current);
  return last + 1;
}

void IndexDirectory::Publish(std::uint64_t generation) const {
  SyncFolder(GenerationPath(generation));
  // The generation's own name in the folder must be on the disk before CURRENT names it.
  Descriptor(root_, O_RDONLY | O_DIRECTORY).Sync();
  ReplaceFile(root_ / "CURRENT", GenerationPath(generation).filename().string() + "\n");
}

void IndexDirectory::RemoveGenerationsBefore(std::uint64_t keep) const {
  for (const std::uint64_t number : Generations(root_)) {
    if (number < keep) fs::remove_all(GenerationPath(number));
  }
}

void IndexDirectory::RemoveGenerationsAfter(std::uint64_t keep) const {
  for (const std::uint64_t number : Generations(root_)) {
    if (number > keep) fs::remove_all(GenerationPath(number));
  }
}

void IndexDirectory::WriteLastJob(std::string_view json) const { ReplaceFile(root_ / "last-job.json", json); }

std::string IndexDirectory::ReadLastJob() const { return ReadWhole(root_ / "last-job.json"); }

}  // namespace quipu::index
