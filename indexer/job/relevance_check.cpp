// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/relevance_check.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <sstream>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "core/search/searcher.h"
#include "core/text/analyzer.h"

namespace quipu::job {
namespace {

/// How far a document that is not where it must be is looked for, to tell where it is.
constexpr std::uint32_t kLookedThrough = 100;
constexpr std::size_t kMaxTold = 20;
constexpr std::int64_t kDeadlineMs = 30'000;

Error Fault(const std::string& name, std::size_t line, std::string_view why) {
  return {Code::kConfig,
          fmt::format("{}:{}: {}; expected QUERY<tab>ID or QUERY<tab>ID<tab>N", name, line, why)};
}

std::vector<std::string_view> SplitAtTabs(std::string_view line) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t tab = line.find('\t');
    parts.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return parts;
    line.remove_prefix(tab + 1);
  }
}

std::vector<std::string> Find(search::Searcher& searcher, const std::string& query, std::uint32_t limit) {
  search::SearchRequest request;
  request.q = query;
  request.limit = limit;
  request.passages = 0;
  request.deadline_ms = kDeadlineMs;
  // Which of several copies is shown must not decide.
  request.fold_duplicates = false;
  const auto result = searcher.Search(request);
  std::vector<std::string> ids;
  if (!result) return ids;
  for (const search::Hit& hit : result->hits) ids.push_back(hit.document.id);
  return ids;
}

std::string WhereItIs(const index::IndexReader& reader, const std::string& id,
                      const std::vector<std::string>& found) {
  const auto place = std::find(found.begin(), found.end(), id);
  if (place != found.end()) return fmt::format("is number {}", place - found.begin() + 1);
  if (reader.FindDocument(id) == 0) return "is not in the index";
  return fmt::format("is not among the {} found", found.size());
}

}  // namespace

Result<RelevanceCheck> RelevanceCheck::Load(const std::filesystem::path& file) {
  std::error_code failure;
  const std::uintmax_t bytes = std::filesystem::file_size(file, failure);
  std::ifstream stream(file, std::ios::binary);
  if (failure || !stream) {
    return Error{Code::kConfig, fmt::format("`relevance_file`: {}: {}", file.string(),
                                            failure ? failure.message() : "it cannot be read")};
  }
  if (bytes > kMaxFileBytes) {
    return Error{Code::kConfig, fmt::format("`relevance_file`: {}: it is longer than {} bytes", file.string(),
                                            kMaxFileBytes)};
  }
  std::ostringstream text;
  text << stream.rdbuf();
  return Parse(text.str(), file.string());
}

Result<RelevanceCheck> RelevanceCheck::Parse(std::string_view text, std::string name) {
  RelevanceCheck check;
  std::size_t number = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.find_first_not_of(" \t") == std::string_view::npos || line.front() == '#') continue;
    const auto parts = SplitAtTabs(line);
    if (parts.size() < 2 || parts.size() > 3)
      return Fault(name, number, fmt::format("{} parts", parts.size()));
    if (parts[0].empty() || parts[1].empty()) return Fault(name, number, "a part is empty");
    Wanted wanted{std::string(parts[0]), std::string(parts[1])};
    if (parts.size() == 3) {
      const char* last = parts[2].data() + parts[2].size();
      const auto [at, error] = std::from_chars(parts[2].data(), last, wanted.depth);
      if (error != std::errc() || at != last || wanted.depth < 1 || wanted.depth > kMaxDepth)
        return Fault(name, number, fmt::format("`{}` is no number from 1 to {}", parts[2], kMaxDepth));
    }
    if (check.wanted_.size() == kMaxLines)
      return Fault(name, number, fmt::format("there are more than {} lines", kMaxLines));
    check.wanted_.push_back(std::move(wanted));
  }
  check.name_ = std::move(name);
  std::stable_sort(check.wanted_.begin(), check.wanted_.end(),
                   [](const Wanted& a, const Wanted& b) { return a.query < b.query; });
  return check;
}

Status RelevanceCheck::Run(index::IndexReader& reader, const std::vector<std::string>& languages) const {
  text::Analyzer analyzer;
  search::Searcher searcher(reader, analyzer,
                            languages.empty() ? search::QueryLanguages(reader.Facts()) : languages);
  std::string told;
  std::size_t failed = 0;
  for (auto first = wanted_.begin(); first != wanted_.end();) {
    const auto last = std::find_if(first, wanted_.end(),
                                   [&](const Wanted& wanted) { return wanted.query != first->query; });
    std::uint32_t limit = kLookedThrough;
    for (auto wanted = first; wanted != last; ++wanted) limit = std::max(limit, wanted->depth);
    const auto found = Find(searcher, first->query, limit);
    for (; first != last; ++first) {
      const auto end = found.begin() + std::min<std::ptrdiff_t>(first->depth, std::ssize(found));
      if (std::find(found.begin(), end, first->id) != end) continue;
      if (++failed > kMaxTold) continue;
      told += fmt::format("\n    `{}`: `{}` must be among the first {} and {}", first->query, first->id,
                          first->depth, WhereItIs(reader, first->id, found));
    }
  }
  if (failed == 0) return Done{};
  if (failed > kMaxTold) told += fmt::format("\n    … and {} more", failed - kMaxTold);
  return Error{Code::kGuardRefused,
               fmt::format("{} of {} relevance checks failed ({}):{}", failed, wanted_.size(), name_, told)};
}

}  // namespace quipu::job
