// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/unique_fd.h"

namespace quipu::web {

/// Texts on disk, from when a page is read until its document is written, so that a crawl's memory does not
/// grow with what it reads. A file without a name: it is gone with this object, however the program ends.
/// Thread-safe. Throws std::system_error if the disk refuses.
class Spool {
 public:
  struct Place {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
  };
  static constexpr std::uint64_t kMaxBytes = 16ULL << 30;

  /// `folder`: where; empty or not writable: the system's folder for such files.
  explicit Spool(const std::filesystem::path& folder) : folder_(folder) {}

  /// Nothing if the spool is full.
  std::optional<Place> Put(std::string_view text);
  std::string Get(const Place& place) const;

 private:
  std::filesystem::path folder_;
  mutable std::mutex mutex_;
  UniqueFd file_;
  std::uint64_t size_ = 0;
};

/// A new file without a name, open for reading and writing.
UniqueFd NamelessFile(const std::filesystem::path& folder);

}  // namespace quipu::web
