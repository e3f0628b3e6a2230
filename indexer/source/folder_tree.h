// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/base/unique_fd.h"
#include "indexer/source/path_filter.h"
#include "indexer/source/source.h"

namespace quipu::source {

/// A folder of files, read without ever leaving it: folders that are links are not entered, links to
/// files count only if the file is inside, and Open() checks where it arrived.
class FolderTree {
 public:
  /// The Error says why the folder cannot be read (missing, no folder, no permission).
  static Result<FolderTree> Open(const std::filesystem::path& root);

  /// Every regular file that `filter` lets pass, and what is in the way: FIFOs, sockets, devices, broken
  /// and escaping links (skipped), folders without permission (failed). A folder listed in `not_into` (the
  /// index's own data, say) is passed over in silence.
  Result<Listing> List(const PathFilter& filter, const std::vector<std::filesystem::path>& not_into,
                       std::stop_token stop) const;

  /// Opens the regular file at `path` for reading. Nothing but a regular file inside the root is ever
  /// opened, whatever happens to the tree meanwhile.
  Result<UniqueFd> OpenFile(const std::string& path) const;

 private:
  explicit FolderTree(UniqueFd root) : root_(std::move(root)) {}

  UniqueFd root_;
};

}  // namespace quipu::source
