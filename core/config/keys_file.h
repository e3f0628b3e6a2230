// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/config/rate.h"
#include "core/config/rule_files.h"

namespace quipu::config {

/// SHA-256 of a key.
using KeyHash = std::array<std::uint8_t, 32>;

/// A `[[key]]` of the keys file: what who sends the key may do. docs/operations.md explains each line.
struct KeyRule {
  std::string id;    // [a-z0-9]{1,32}; unique in the file
  std::string name;  // for people
  KeyHash hash{};
  std::vector<std::string> indexes;     // "*": all
  std::vector<std::string> origins;     // sites whose pages may use it; "*": any; empty: no page is refused
  std::optional<std::int64_t> expires;  // seconds since 1970; from then on it opens nothing
  Rate rate;                            // of all its requests together
  std::uint32_t burst = 0;              // 0: see BurstOf()
  bool address_limit = true;            // `searchd.rate_limit` counts its requests too
  std::string filter;                   // every answer has only documents that fulfil it
  int line = 0;

  bool operator==(const KeyRule&) const;
};

inline constexpr std::size_t kMaxKeys = 1000;  // in one file: each is compared with what a request sends
inline constexpr std::size_t kMaxKeyNameBytes = 200;
inline constexpr std::size_t kMaxKeyFilterBytes = 4096;

/// Says what is wrong with a filter; what it means is for core/query, which stands elsewhere.
using FilterCheck = Status (*)(const std::string& filter);

/// Any bytes; never throws. Without `check` any text is a filter.
RuleFile<KeyRule> ParseKeys(std::string_view toml, FilterCheck check = nullptr);

/// The same from a file; one that cannot be read is a fault without a line. An empty path is an empty file.
RuleFile<KeyRule> LoadKeys(const std::filesystem::path& file, FilterCheck check = nullptr);

/// The first second of a day such as "2027-01-01", in UTC.
std::optional<std::int64_t> ParseExpiry(std::string_view date);

/// Whether `text` may be a key's id.
bool IsKeyId(std::string_view text);

}  // namespace quipu::config
