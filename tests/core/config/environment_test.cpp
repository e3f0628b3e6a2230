// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "core/config/config.h"
#include "tests/core/config/parsed.h"

namespace quipu::config {
namespace {

using testing::ElementsAre;

// Environment is a plain function, so the variables of a test stand here.
std::map<std::string, std::string>& Variables() {
  static std::map<std::string, std::string> variables;
  return variables;
}

std::optional<std::string> Lookup(const char* name) {
  const auto found = Variables().find(name);
  return found == Variables().end() ? std::nullopt : std::optional<std::string>(found->second);
}

Loaded With(std::map<std::string, std::string> variables, std::string_view toml) {
  Variables() = std::move(variables);
  return Parse(toml, "/etc/quipu/quipu.toml", Lookup);
}

TEST(Environment, WinsOverTheFile) {
  const Loaded loaded =
      With({{"QUIPU_SEARCHD_LISTEN", "[::1]:80"},
            {"QUIPU_DATA_DIR", "/srv/other"},
            {"QUIPU_SEARCHD_LOG_QUERIES", "true"},
            {"QUIPU_INDEXER_JOBS", "7"}},
           "data_dir = \"var\"\n[searchd]\nlisten = \"127.0.0.1:7700\"\n[indexer]\njobs = 1");
  EXPECT_TRUE(loaded.faults.empty());
  EXPECT_EQ(loaded.config.searchd.listen, "[::1]:80");
  EXPECT_EQ(loaded.config.data_dir, "/srv/other");
  EXPECT_TRUE(loaded.config.searchd.log_queries);
  EXPECT_EQ(loaded.config.indexer.jobs, 7);
}

TEST(Environment, ReachesAnIndexByItsName) {
  const Loaded loaded =
      With({{"QUIPU_INDEXES_OLD_NEWS_LANGUAGES", "en, es"}}, "[indexes.old-news]\nlanguages = [\"fr\"]");
  EXPECT_TRUE(loaded.faults.empty());
  EXPECT_THAT(loaded.config.indexes.at("old-news").languages, ElementsAre("en", "es"));
}

TEST(Environment, RelativePathsStandAgainstTheWorkingFolder) {
  const Loaded loaded = With({{"QUIPU_DATA_DIR", "elsewhere"}}, "");
  EXPECT_EQ(loaded.config.data_dir, std::filesystem::current_path() / "elsewhere");
}

TEST(Environment, WrongValuesAreFaultsThatNameTheVariable) {
  const Loaded loaded = With({{"QUIPU_SEARCHD_THREADS", "2x"},
                              {"QUIPU_SEARCHD_OPEN_ACCESS", "yes"},
                              {"QUIPU_SEARCHD_LISTEN", "nowhere"}},
                             "");
  ASSERT_EQ(loaded.faults.size(), 3U);
  EXPECT_EQ(Describe(loaded.faults[0], "q.toml"),
            "q.toml: environment variable QUIPU_SEARCHD_LISTEN: expected host:port, [v6]:port or unix:/path, "
            "not \"nowhere\"");
  EXPECT_EQ(loaded.faults[1].message,
            "environment variable QUIPU_SEARCHD_OPEN_ACCESS: expected true or false, not \"yes\"");
  EXPECT_EQ(loaded.faults[2].message,
            "environment variable QUIPU_SEARCHD_THREADS: expected a whole number from 0 to 1024, not \"2x\"");
}

TEST(Override, SetsAKeyAsAFlagDoes) {
  Config config = Parsed("").config;
  EXPECT_TRUE(Override(config, "searchd.listen", "127.0.0.1:0").ok());
  EXPECT_EQ(config.searchd.listen, "127.0.0.1:0");
}

TEST(Override, RefusesWhatTheFileCouldNotSay) {
  Config config = Parsed("").config;
  EXPECT_FALSE(Override(config, "searchd.listen", "7700").ok());
  EXPECT_FALSE(Override(config, "indexer.jobs", "5000").ok());
  EXPECT_FALSE(Override(config, "searchd.lsten", "127.0.0.1:0").ok());
  EXPECT_EQ(config.searchd.listen, "127.0.0.1:7700");
}

}  // namespace
}  // namespace quipu::config
