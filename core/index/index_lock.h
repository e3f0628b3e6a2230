// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.h"

namespace quipu::index {

/// The right to write one index, held by at most one object on the machine. The kernel takes it back when
/// its holder dies, so a stale lock file never blocks anybody.
class IndexLock {
 public:
  /// kIndexLocked if another holds it, kIo if the file cannot be made. Makes the folder.
  static Result<IndexLock> Take(const std::filesystem::path& index_root);

  /// Leaves word in the file of what the holder does, for Holder(). Failures are ignored.
  void Note(std::string_view text) const;

  /// The word that the present holder left; nothing if nobody holds the lock.
  static std::optional<std::string> Holder(const std::filesystem::path& index_root);

  IndexLock(IndexLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  IndexLock& operator=(IndexLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~IndexLock();

 private:
  IndexLock() = default;

  int fd_ = -1;
};

}  // namespace quipu::index
