// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace quipu::source {

/// One pattern of a source's `include` or `exclude`, matched against paths relative to the source:
///
///     *       any characters but '/'           ?        one character but '/'
///     **      as a whole part: any folders     [a-z]    one of these; [!a-z] none of these
///     {a,b}   either, also across '/'          \x       x itself
///
/// A pattern whose last part has no wildcard also takes everything below the folder of that name
/// ("drafts", "docs/old/"). Characters are UTF-8 code points; a byte that is not UTF-8 is one character.
/// Upper and lower case differ. Matching takes time in proportion to pattern times path.
class Glob {
 public:
  /// Whether a wildcard may stand for a name that begins with a dot.
  enum class Hidden { kNeedsDot, kMatchesAny };

  /// The error says what is wrong with the pattern (unclosed bracket, too many alternatives).
  static Result<Glob> Parse(std::string_view pattern, Hidden hidden);

  /// Whether the file at `path` ("a/b.txt") is meant.
  bool Matches(std::string_view path) const;

  /// Whether everything in `folder` ("a/b") is meant, so that it need not be looked into to exclude it.
  bool MatchesAllBelow(std::string_view folder) const;

  /// Whether a file somewhere below `folder` can be meant: if not, the folder need not be read.
  bool CanMatchBelow(std::string_view folder) const;

 private:
  /// One alternative of the braces, cut at its slashes.
  struct Alternative {
    std::vector<std::string> parts;
    bool takes_folder = false;  // the last part has no wildcard
  };

  std::vector<Alternative> alternatives_;
  Hidden hidden_ = Hidden::kNeedsDot;
};

}  // namespace quipu::source
