// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"

namespace quipu::source {

/// Tells when files change, by inotify. What is watched has a tag of the caller's; a change gives the tags of
/// what it happened in. Says that something changed, never what: whoever asks looks for himself, so that a
/// lost event costs nothing but time.
class FileWatch {
 public:
  static constexpr std::size_t kMaxWatches = 1'000'000;  // folders; about 1 kB of kernel memory each

  /// Watches nothing yet. Folders in `not_into` (the indexes) and below are never watched.
  explicit FileWatch(std::vector<std::filesystem::path> not_into, std::size_t max_watches = kMaxWatches);

  /// Watches a folder and all folders in it, now and later; links are not followed. The Error (kIo) says why
  /// that cannot be done: it is missing, the system's limit is reached, or changes there are not told (a
  /// network).
  Status AddFolder(const std::filesystem::path& folder, int tag);
  /// Watches one file, which need not exist, by its folder, which must.
  Status AddFile(const std::filesystem::path& file, int tag);

  /// Becomes readable when something happened; -1 if inotify is not to be had.
  int fd() const { return fd_.get(); }

  struct Changes {
    std::set<int> tags;
    bool lost = false;  // events were dropped, or a watched root is gone: make a new FileWatch
  };
  /// Takes all that has happened; never waits.
  Changes Take();

 private:
  struct Watched {
    std::filesystem::path path;
    std::set<int> tags;                              // of trees
    std::map<std::string, std::set<int>> file_tags;  // of single files in it
    bool root = false;
  };

  /// 0, or the error's number.
  int Watch(const std::filesystem::path& folder, Watched** watched);
  Status AddTree(const std::filesystem::path& top, const std::set<int>& tags);
  bool IsLeftOut(const std::filesystem::path& folder) const;
  void Handle(int watch, std::uint32_t mask, const std::string& name, Changes& changes);

  UniqueFd fd_;
  int open_error_ = 0;
  std::vector<std::filesystem::path> not_into_;
  std::size_t max_watches_;
  std::unordered_map<int, Watched> watched_;
};

}  // namespace quipu::source
