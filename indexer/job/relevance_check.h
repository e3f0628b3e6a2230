// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_reader.h"

namespace quipu::job {

/// Queries and the documents that they must find, read from a file with a line each of
///
///     QUERY<tab>ID            the document must be among the first 10
///     QUERY<tab>ID<tab>N      …among the first N (1 to 1000)
///
/// Empty lines and those that begin with # say nothing. A query may have several lines.
class RelevanceCheck {
 public:
  static constexpr std::uint32_t kUsualDepth = 10;
  static constexpr std::uint32_t kMaxDepth = 1000;
  static constexpr std::size_t kMaxLines = 10'000;
  static constexpr std::uintmax_t kMaxFileBytes = 4U << 20;

  /// kConfig, with the line, if the file cannot be read or is not as above.
  static Result<RelevanceCheck> Load(const std::filesystem::path& file);
  static Result<RelevanceCheck> Parse(std::string_view text, std::string name);

  /// Searches as searchd does, in `languages` (empty: those of the index). Nothing against it if every
  /// document stands where it must; else kGuardRefused: which queries, which documents, and where they stand.
  Status Run(index::IndexReader& reader, const std::vector<std::string>& languages) const;

  std::size_t size() const { return wanted_.size(); }

 private:
  struct Wanted {
    std::string query;
    std::string id;
    std::uint32_t depth = kUsualDepth;
  };

  std::string name_;
  std::vector<Wanted> wanted_;  // those of one query follow each other
};

}  // namespace quipu::job
