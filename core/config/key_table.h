// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/config/config.h"

namespace quipu::config {

/// What a key's value must look like.
enum class ValueKind {
  kBoolean,
  kInteger,  // from `min` to `max`
  kNumber,   // likewise, with decimals
  kText,
  kPath,       // made absolute against the configuration's folder
  kListen,     // see listen_address.h
  kUrl,        // http:// or https://
  kLanguage,   // ISO 639: two or three letters
  kChoice,     // one of `choices`; kept as its place in them
  kTexts,      // a list
  kGlobs,      // a list of glob patterns
  kLanguages,  // a list
  kHosts,      // a list of "host" or "host:port"
  kRate,       // "20/s", see rate.h
  kNetworks,   // a list, see network.h
};

using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<std::string>>;

/// The structs that a key's value is stored into; those out of scope are null.
struct Place {
  Config* config = nullptr;
  Index* index = nullptr;    // for "indexes.*.…"
  Source* source = nullptr;  // for "indexes.*.sources[].…"
  Filter* filter = nullptr;  // for "filters[].…"
  std::string field;         // for "indexes.*.fields.*.…"
};

/// Which program reads a key.
enum class ReadBy { kBoth, kIndexer, kSearchd };

/// One key of quipu.toml. In `path`, `*` stands for a name that the user chose and `[]` for each table
/// of an array. The default is what the struct itself holds.
struct Key {
  std::string_view path;
  ValueKind kind;
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::string_view choices;  // "folder|jsonl|sitemap|crawl", in the order of the enum
  ReadBy read_by = ReadBy::kBoth;
  std::string_view meaning;
  Value (*get)(const Place& place) = nullptr;
  void (*set)(const Place& place, const Value& value) = nullptr;
};

/// Every key there is: the only truth for parsing, the QUIPU_… names, docs/configuration.md and the
/// suggestions for unknown keys.
std::span<const Key> Keys();

/// The key at `path` (with `*` and `[]` as in the table), or null.
const Key* FindKey(std::string_view path);

/// What `key` accepts, in words: "a whole number from 1 to 600000".
std::string Expectation(const Key& key);

/// The value as quipu.toml would write it: `["en", "es"]`.
std::string ShowValue(const Key& key, const Value& value);

/// The value that `key` has in a configuration that says nothing about it, as quipu.toml would write it.
std::string ShowDefault(const Key& key);

/// "QUIPU_SEARCHD_LISTEN", with `index` in the place of `*`; empty for keys that the environment cannot set.
std::string EnvironmentName(const Key& key, std::string_view index = "");

/// "Text" is empty, or says what is wrong with a value that has the right type.
std::string FaultOf(const Key& key, const Value& value);

}  // namespace quipu::config
