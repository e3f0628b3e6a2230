// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/glob.h"

#include <algorithm>
#include <utility>

#include "indexer/source/glob_part.h"

namespace quipu::source {
namespace {

using Parts = std::vector<std::string>;

/// Nested braces multiply; a pattern that people write has a handful of alternatives.
constexpr std::size_t kMaxAlternatives = 256;

Parts Split(std::string_view path) {
  Parts parts;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    if (slash > 0) parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return parts;
}

/// One `{a,b}`: where it stands and its alternatives.
struct Brace {
  std::size_t begin = 0;
  std::size_t end = 0;  // past the closing one
  std::vector<std::string_view> choices;
};

/// The first brace of `pattern` that is not escaped. `begin == npos`: none; `end == npos`: it is not closed.
Brace FirstBrace(std::string_view pattern) {
  constexpr auto kNone = std::string_view::npos;
  Brace brace{kNone, kNone, {}};
  int depth = 0;
  std::size_t choice = 0;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const char c = pattern[at];
    if (c == '\\') {
      ++at;
    } else if (c == '{') {
      if (depth++ > 0) continue;
      brace.begin = at;
      choice = at + 1;
    } else if (depth == 1 && (c == ',' || c == '}')) {
      brace.choices.push_back(pattern.substr(choice, at - choice));
      choice = at + 1;
      if (c == ',') continue;
      brace.end = at + 1;
      return brace;
    } else if (depth > 1 && c == '}') {
      --depth;
    }
  }
  return brace;
}

/// `pattern` without braces, once for each choice.
Result<std::vector<std::string>> ExpandBraces(std::string_view pattern) {
  std::vector<std::string> open{std::string(pattern)};
  std::vector<std::string> done;
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    const Brace brace = FirstBrace(next);
    if (brace.begin == std::string::npos) {
      done.push_back(next);
    } else if (brace.end == std::string::npos) {
      return Error{Code::kConfig, "`{` without `}`"};
    } else {
      for (const std::string_view choice : brace.choices) {
        std::string chosen = next.substr(0, brace.begin);
        chosen.append(choice).append(next, brace.end);
        open.push_back(std::move(chosen));
      }
    }
    if (open.size() + done.size() > kMaxAlternatives) {
      return Error{Code::kConfig, "more than 256 alternatives in braces"};
    }
  }
  return done;
}

bool IsFolders(const std::string& part) { return part == "**"; }

/// Whether `name` may be one of the folders that a `**` stands for.
bool FoldersMayPass(const std::string& name, bool dot_is_special) {
  return !dot_is_special || !name.starts_with('.');
}

/// Matches patterns to names part by part. As with `*` in a part, only the last `**` ever has to take
/// more: so this is quadratic at worst, never exponential.
bool MatchParts(const Parts& pattern, const Parts& names, bool dot_is_special) {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t after_star = pattern.size() + 1;  // none yet
  std::size_t star_end = 0;
  while (n < names.size()) {
    if (p < pattern.size() && IsFolders(pattern[p])) {
      after_star = ++p;
      star_end = n;
      continue;
    }
    if (p < pattern.size() && MatchPart(pattern[p], names[n], dot_is_special)) {
      ++p;
      ++n;
      continue;
    }
    if (after_star > pattern.size() || !FoldersMayPass(names[star_end], dot_is_special)) return false;
    p = after_star;
    n = ++star_end;
  }
  return std::all_of(pattern.begin() + static_cast<std::ptrdiff_t>(p), pattern.end(), IsFolders);
}

/// Whether names that continue `folder` can match: the pattern's beginning fits all of it.
bool CanContinue(const Parts& pattern, const Parts& folder, bool dot_is_special) {
  for (std::size_t i = 0; i < folder.size(); ++i) {
    if (i >= pattern.size()) return false;
    if (IsFolders(pattern[i])) {
      // What follows may begin in any of these names; a hidden one must be spelled there (`**/.git/config`).
      const auto later = pattern.begin() + static_cast<std::ptrdiff_t>(i) + 1;
      return std::all_of(folder.begin() + static_cast<std::ptrdiff_t>(i), folder.end(),
                         [&](const std::string& name) {
                           return FoldersMayPass(name, dot_is_special) ||
                                  std::any_of(later, pattern.end(), [&](const std::string& part) {
                                    return !IsFolders(part) && MatchPart(part, name, dot_is_special);
                                  });
                         });
    }
    if (!MatchPart(pattern[i], folder[i], dot_is_special)) return false;
  }
  return folder.size() < pattern.size();
}

}  // namespace

Result<Glob> Glob::Parse(std::string_view pattern, Hidden hidden) {
  if (pattern.empty()) return Error{Code::kConfig, "an empty pattern matches nothing"};
  auto expanded = ExpandBraces(pattern);
  if (!expanded) return expanded.error();
  Glob glob;
  glob.hidden_ = hidden;
  for (const std::string& text : *expanded) {
    Alternative alternative;
    alternative.parts = Split(text.starts_with("./") ? std::string_view(text).substr(2) : text);
    if (alternative.parts.empty()) continue;
    if (!std::all_of(alternative.parts.begin(), alternative.parts.end(),
                     [](const std::string& part) { return BracketsClose(part); })) {
      return Error{Code::kConfig, "`[` without `]`"};
    }
    alternative.takes_folder = !HasWildcard(alternative.parts.back());
    if (text.ends_with('/') && !alternative.takes_folder) alternative.parts.emplace_back("**");
    glob.alternatives_.push_back(std::move(alternative));
  }
  if (glob.alternatives_.empty()) return Error{Code::kConfig, "the pattern names no file"};
  return glob;
}

bool Glob::Matches(std::string_view path) const {
  const Parts names = Split(path);
  const bool special = hidden_ == Hidden::kNeedsDot;
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const Alternative& alternative) {
    if (MatchParts(alternative.parts, names, special)) return true;
    if (!alternative.takes_folder) return false;
    Parts below = alternative.parts;
    below.emplace_back("**");
    return MatchParts(below, names, special);
  });
}

bool Glob::MatchesAllBelow(std::string_view folder) const {
  const Parts names = Split(folder);
  const bool special = hidden_ == Hidden::kNeedsDot;
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const Alternative& alternative) {
    if (special) return false;  // a hidden file in there is not meant
    Parts pattern = alternative.parts;
    if (IsFolders(pattern.back())) {
      pattern.pop_back();
    } else if (!alternative.takes_folder) {
      return false;
    }
    // The folder itself, or one of those above it.
    Parts above = names;
    for (; !above.empty(); above.pop_back()) {
      if (MatchParts(pattern, above, special)) return true;
    }
    return pattern.empty();
  });
}

bool Glob::CanMatchBelow(std::string_view folder) const {
  const Parts names = Split(folder);
  const bool special = hidden_ == Hidden::kNeedsDot;
  return std::any_of(alternatives_.begin(), alternatives_.end(), [&](const Alternative& alternative) {
    Parts pattern = alternative.parts;
    if (alternative.takes_folder) pattern.emplace_back("**");
    return CanContinue(pattern, names, special);
  });
}

}  // namespace quipu::source
