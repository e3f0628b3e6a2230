// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>

#include "core/index/index_directory.h"

namespace quipu::index {
namespace {

constexpr int kTries = 5;
constexpr std::size_t kNoteBytes = 512;
constexpr std::chrono::milliseconds kBetweenTries{20};

}  // namespace

Result<IndexLock> IndexLock::Take(const std::filesystem::path& index_root) {
  const auto path = IndexDirectory(index_root).LockPath();
  std::error_code failed;
  std::filesystem::create_directories(index_root, failed);
  // O_CLOEXEC: a helper process that outlives the job must not keep the lock.
  const int fd = failed ? -1 : ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (fd < 0) {
    const std::string why = failed ? failed.message() : std::generic_category().message(errno);
    return Error{Code::kIo, "cannot write to the index folder `" + index_root.string() + "`: " + why};
  }
  IndexLock lock;
  int tries = 0;
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    // Somebody who asks for the holder has the lock for a moment.
    if (errno == EWOULDBLOCK && ++tries < kTries) {
      std::this_thread::sleep_for(kBetweenTries);
      continue;
    }
    ::close(fd);
    return Error{Code::kIndexLocked, "another job is writing the index in `" + index_root.string() +
                                         "`; try again when it has ended."};
  }
  lock.fd_ = fd;
  lock.Note("");
  return lock;
}

void IndexLock::Note(std::string_view text) const {
  if (text.empty()) {
    [[maybe_unused]] const int emptied = ::ftruncate(fd_, 0);
    return;
  }
  // One write, always of the same length: a reader never meets an emptied file or the end of a longer text.
  std::string padded(text);
  padded.resize(std::max(padded.size(), kNoteBytes), ' ');
  [[maybe_unused]] const auto put = ::pwrite(fd_, padded.data(), padded.size(), 0);
}

std::optional<std::string> IndexLock::Holder(const std::filesystem::path& index_root) {
  const int fd = ::open(IndexDirectory(index_root).LockPath().c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  std::optional<std::string> holder;
  if (::flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    std::array<char, 4096> text{};
    const ssize_t got = ::pread(fd, text.data(), text.size(), 0);
    holder = std::string(text.data(), static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  }
  ::close(fd);
  return holder;
}

IndexLock::~IndexLock() {
  if (fd_ < 0) return;
  Note("");
  ::close(fd_);
}

}  // namespace quipu::index
