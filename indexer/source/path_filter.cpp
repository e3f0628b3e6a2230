// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/path_filter.h"

#include <algorithm>
#include <utility>

namespace quipu::source {
namespace {

std::string_view LastPart(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

/// Whether the file is one that a program left behind and nobody wrote.
bool IsLeftover(std::string_view name) {
  return name.ends_with('~') || (name.size() > 1 && name.starts_with('#') && name.ends_with('#')) ||
         name.starts_with("~$") || name == "Thumbs.db" || name == "desktop.ini";
}

/// `*~` and `~$*` name leftovers; `*`, `**` and `*.docx` do not.
bool NamesLeftovers(std::string_view pattern) {
  const std::string_view last = LastPart(pattern);
  return last.find_first_of("~#") != std::string_view::npos || IsLeftover(last);
}

Error About(std::string_view pattern, const Error& error) {
  return Error{Code::kConfig, "pattern `" + std::string(pattern) + "`: " + error.message};
}

}  // namespace

Result<PathFilter> PathFilter::Make(const std::vector<std::string>& include,
                                    const std::vector<std::string>& exclude) {
  PathFilter filter;
  for (const std::string& pattern : include) {
    auto glob = Glob::Parse(pattern, Glob::Hidden::kNeedsDot);
    if (!glob) return About(pattern, glob.error());
    filter.include_.push_back({std::move(glob).value(), NamesLeftovers(pattern)});
  }
  for (const std::string& pattern : exclude) {
    auto glob = Glob::Parse(pattern, Glob::Hidden::kMatchesAny);
    if (!glob) return About(pattern, glob.error());
    filter.exclude_.push_back(std::move(glob).value());
  }
  return filter;
}

bool PathFilter::WantsFile(std::string_view path) const {
  const bool leftover = IsLeftover(LastPart(path));
  const bool included = std::any_of(include_.begin(), include_.end(), [&](const Include& include) {
    return (!leftover || include.takes_leftovers) && include.glob.Matches(path);
  });
  return included &&
         std::none_of(exclude_.begin(), exclude_.end(), [&](const Glob& glob) { return glob.Matches(path); });
}

bool PathFilter::WantsFolder(std::string_view folder) const {
  return std::any_of(include_.begin(), include_.end(),
                     [&](const Include& include) { return include.glob.CanMatchBelow(folder); }) &&
         std::none_of(exclude_.begin(), exclude_.end(),
                      [&](const Glob& glob) { return glob.MatchesAllBelow(folder); });
}

}  // namespace quipu::source
