// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/base/unique_fd.h"

namespace quipu::filter {

/// A folder for temporary files that only this user can read; it goes with the object.
class PrivateFolder {
 public:
  /// Throws if the disk refuses.
  PrivateFolder();
  ~PrivateFolder();
  PrivateFolder(const PrivateFolder&) = delete;
  PrivateFolder& operator=(const PrivateFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

  /// A copy of what `fd` holds, at most `max_bytes` of it; the descriptor's position is left alone.
  std::filesystem::path Copy(int fd, std::uint64_t max_bytes, const std::string& name) const;

 private:
  std::filesystem::path path_;
};

/// A file in memory that holds `bytes`, to be handed to the extraction.
UniqueFd FileInMemory(std::string_view bytes);

}  // namespace quipu::filter
