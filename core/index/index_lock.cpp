// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "core/index/index_directory.h"

namespace quipu::index {

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
  IndexLock lock(fd);
  while (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
    if (errno == EINTR) continue;
    return Error{Code::kIndexLocked, "another job is writing the index in `" + index_root.string() +
                                         "`; try again when it has ended."};
  }
  return lock;
}

IndexLock::~IndexLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace quipu::index
