// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"

namespace quipu::config {

/// The files with an index's own rules for queries: read while searchd runs, and again whenever they change.
/// docs/query-syntax.md tells their syntax. A file with a fault gives no rules, so that what was in force
/// stays.
template <typename Rule>
struct RuleFile {
  std::vector<Rule> rules;
  std::vector<Fault> faults;  // at most 20 are told
};

/// A line of a synonyms file: whoever searches for one of `from` also finds those of `to`. In a group
/// (`a, b, c`) both are the same.
struct SynonymRule {
  std::vector<std::string> from;
  std::vector<std::string> to;
  int line = 0;
};

/// A `[[pin]]`: these documents come first for this query.
struct PinRule {
  std::vector<std::string> queries;
  std::vector<std::string> ids;
  int line = 0;
};

inline constexpr std::size_t kMaxRuleFileBytes = 4 << 20;
inline constexpr std::size_t kMaxRules = 10'000;       // in one file
inline constexpr std::size_t kMaxSynonymsInRule = 50;  // on either side
inline constexpr std::size_t kMaxRuleTextBytes = 200;  // of a synonym, a query, a stop word
inline constexpr std::size_t kMaxPinnedIds = 50;       // of one query

/// Any bytes; never throws.
RuleFile<SynonymRule> ParseSynonyms(std::string_view text);
RuleFile<PinRule> ParsePins(std::string_view toml);
/// One rule a word.
RuleFile<std::string> ParseStopWords(std::string_view text);

/// The same from a file; one that cannot be read is a fault without a line. An empty path is an empty file.
RuleFile<SynonymRule> LoadSynonyms(const std::filesystem::path& file);
RuleFile<PinRule> LoadPins(const std::filesystem::path& file);
RuleFile<std::string> LoadStopWords(const std::filesystem::path& file);

}  // namespace quipu::config
