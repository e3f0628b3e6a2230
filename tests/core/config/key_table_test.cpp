// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/key_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

namespace quipu::config {
namespace {

constexpr std::string_view kManual = QUIPU_SOURCE_DIR "/docs/configuration.md";
constexpr std::string_view kBegin = "<!-- the key table begins -->\n";
constexpr std::string_view kEnd = "<!-- the key table ends -->\n";

std::string_view Reader(ReadBy read_by) {
  switch (read_by) {
    case ReadBy::kIndexer: return "indexer";
    case ReadBy::kSearchd: return "searchd";
    case ReadBy::kBoth: return "both";
  }
  return "";
}

/// The key as people write it: `indexes.NAME.sources.path`.
std::string Shown(std::string_view path) {
  std::string text(path);
  for (const auto& [from, to] :
       {std::pair{"indexes.*", "indexes.NAME"}, {"fields.*", "fields.FIELD"}, {"[]", ""}}) {
    if (const std::size_t at = text.find(from); at != std::string::npos)
      text.replace(at, std::string_view(from).size(), to);
  }
  return text;
}

std::string Escaped(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

std::string KeyTableAsMarkdown() {
  std::string text = "| key | value | default | read by | meaning |\n|---|---|---|---|---|\n";
  for (const Key& key : Keys()) {
    text += "| `" + Shown(key.path) + "` | " + Escaped(Expectation(key)) + " | `" + ShowDefault(key) +
            "` | " + std::string(Reader(key.read_by)) + " | " + Escaped(std::string(key.meaning)) + " |\n";
  }
  return text;
}

TEST(KeyTable, IsWhatTheManualShows) {
  std::stringstream manual;
  manual << std::ifstream(std::string(kManual)).rdbuf();
  const std::string text = manual.str();
  const std::size_t begin = text.find(kBegin);
  const std::size_t end = text.find(kEnd);
  ASSERT_NE(begin, std::string::npos);
  ASSERT_NE(end, std::string::npos);
  const std::size_t from = begin + kBegin.size();
  if (std::getenv("QUIPU_UPDATE_DOCS") != nullptr) {
    std::ofstream(std::string(kManual)) << text.substr(0, from) << KeyTableAsMarkdown() << text.substr(end);
    GTEST_SKIP() << "docs/configuration.md was written anew";
  }
  EXPECT_EQ(text.substr(from, end - from), KeyTableAsMarkdown())
      << "QUIPU_UPDATE_DOCS=1 on this test writes the table into docs/configuration.md";
}

TEST(KeyTable, HasEachKeyOnceWithAMeaningAndBothWays) {
  std::set<std::string_view> paths;
  for (const Key& key : Keys()) {
    EXPECT_TRUE(paths.insert(key.path).second) << key.path;
    EXPECT_FALSE(key.meaning.empty()) << key.path;
    ASSERT_NE(key.get, nullptr) << key.path;
    ASSERT_NE(key.set, nullptr) << key.path;
    EXPECT_EQ(FindKey(key.path), &key);
    if (key.kind == ValueKind::kInteger || key.kind == ValueKind::kNumber) {
      EXPECT_LT(key.min, key.max) << key.path;
    }
    if (key.kind == ValueKind::kChoice) {
      EXPECT_FALSE(key.choices.empty()) << key.path;
    }
  }
}

TEST(KeyTable, DefaultsAreValuesThatTheKeyAllows) {
  Config config;
  Index index;
  Source source;
  Filter filter;
  for (const Key& key : Keys()) {
    const Value value =
        key.get({.config = &config, .index = &index, .source = &source, .filter = &filter, .field = "f"});
    EXPECT_EQ(FaultOf(key, value), "") << key.path;
  }
}

TEST(KeyTable, StoresTheLimitsOfEveryRangeUnharmed) {
  Config config;
  Index index;
  Source source;
  Filter filter;
  const Place place{.config = &config, .index = &index, .source = &source, .filter = &filter, .field = "f"};
  for (const Key& key : Keys()) {
    if (key.kind != ValueKind::kInteger) continue;
    for (const std::int64_t limit : {key.min, key.max}) {
      key.set(place, Value(limit));
      EXPECT_EQ(std::get<std::int64_t>(key.get(place)), limit) << key.path;
    }
  }
}

TEST(KeyTable, NamesTheEnvironment) {
  EXPECT_EQ(EnvironmentName(*FindKey("data_dir")), "QUIPU_DATA_DIR");
  EXPECT_EQ(EnvironmentName(*FindKey("searchd.listen")), "QUIPU_SEARCHD_LISTEN");
  EXPECT_EQ(EnvironmentName(*FindKey("indexes.*.title"), "old-news"), "QUIPU_INDEXES_OLD_NEWS_TITLE");
  EXPECT_EQ(EnvironmentName(*FindKey("indexes.*.sources[].path"), "a"), "");
  EXPECT_EQ(EnvironmentName(*FindKey("filters[].mime")), "");
  EXPECT_EQ(EnvironmentName(*FindKey("indexes.*.fields.*.type"), "a"), "");
}

}  // namespace
}  // namespace quipu::config
