// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "indexer/source/glob.h"

namespace quipu::source {

/// Which files of a folder are meant: those that a pattern of `include` matches and none of `exclude`.
/// Hidden files and folders (".git") need a pattern that spells their dot. What editors and office
/// programs leave behind ("x~", "#x#", "~$x.docx", "Thumbs.db", "desktop.ini") needs a pattern whose last
/// part is not only wildcards.
class PathFilter {
 public:
  /// The error names the pattern.
  static Result<PathFilter> Make(const std::vector<std::string>& include,
                                 const std::vector<std::string>& exclude);

  bool WantsFile(std::string_view path) const;
  /// False if no file below `folder` can be wanted.
  bool WantsFolder(std::string_view folder) const;

 private:
  struct Include {
    Glob glob;
    bool takes_leftovers = false;
  };
  std::vector<Include> include_;
  std::vector<Glob> exclude_;
};

}  // namespace quipu::source
