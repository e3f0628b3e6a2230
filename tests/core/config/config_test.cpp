// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/config.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "tests/core/config/parsed.h"

namespace quipu::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::string_view kWhole = R"(
data_dir = "/srv/quipu"

[searchd]
listen = "unix:run/searchd.sock"
query_deadline_ms = 250
keys_file = "keys.toml"
log_queries = true

[indexer]
jobs = 3

[indexes.statements]
title = "Statements"
languages = ["en", "es"]
facets = ["language", "type"]
sortable = ["date"]
max_vanish_percent = 12.5
[indexes.statements.fields.year]
type = "number"
[indexes.statements.fields."dc.date"]
type = "date"

[[indexes.statements.sources]]
type = "folder"
path = "seeds"
url = "https://example.org/statements/"
exclude = ["**/draft-*"]
[[indexes.statements.sources]]
type = "jsonl"
path = "-"
language = "es"

[indexes.web]
sources = [{type = "crawl", url = "https://example.org/"}]
)";

TEST(Config, ReadsEveryKindOfKey) {
  const Loaded loaded = Parsed(kWhole);
  ASSERT_TRUE(loaded.faults.empty()) << FaultsOf(kWhole);
  const Config& config = loaded.config;
  EXPECT_EQ(config.data_dir, "/srv/quipu");
  EXPECT_EQ(config.searchd.query_deadline_ms, 250);
  EXPECT_TRUE(config.searchd.log_queries);
  EXPECT_EQ(config.indexer.jobs, 3);
  const Index& statements = config.indexes.at("statements");
  EXPECT_EQ(statements.name, "statements");
  EXPECT_EQ(statements.title, "Statements");
  EXPECT_THAT(statements.languages, ElementsAre("en", "es"));
  EXPECT_THAT(statements.facets, ElementsAre("language", "type"));
  EXPECT_DOUBLE_EQ(statements.max_vanish_percent, 12.5);
  EXPECT_EQ(statements.fields.at("year"), FieldType::kNumber);
  EXPECT_EQ(statements.fields.at("dc.date"), FieldType::kDate);
}

TEST(Config, ReadsSourcesInTheirOrder) {
  const Loaded loaded = Parsed(kWhole);
  const std::vector<Source>& sources = loaded.config.indexes.at("statements").sources;
  ASSERT_EQ(sources.size(), 2U);
  EXPECT_EQ(sources[0].type, SourceType::kFolder);
  EXPECT_EQ(sources[0].url, "https://example.org/statements/");
  EXPECT_THAT(sources[0].include, ElementsAre("**"));
  EXPECT_THAT(sources[0].exclude, ElementsAre("**/draft-*"));
  EXPECT_EQ(sources[1].type, SourceType::kJsonl);
  EXPECT_EQ(sources[1].path, "-");
  EXPECT_EQ(sources[1].language, "es");
  EXPECT_EQ(loaded.config.indexes.at("web").sources.at(0).type, SourceType::kCrawl);
}

TEST(Config, RelativePathsStandAgainstTheFilesFolder) {
  const Config config = Parsed(kWhole).config;
  EXPECT_EQ(config.searchd.listen, "unix:/etc/quipu/run/searchd.sock");
  EXPECT_EQ(config.searchd.keys_file, "/etc/quipu/keys.toml");
  EXPECT_EQ(config.indexes.at("statements").sources[0].path, "/etc/quipu/seeds");
  EXPECT_EQ(Parsed("").config.data_dir, "/etc/quipu/var");
  EXPECT_EQ(Parsed("data_dir = \"../x\"").config.data_dir, "/etc/x");
}

TEST(Config, AnEmptyFileIsTheDefaults) {
  const Loaded loaded = Parsed("");
  EXPECT_TRUE(loaded.faults.empty());
  EXPECT_EQ(loaded.config.searchd.listen, "127.0.0.1:7700");
  EXPECT_TRUE(loaded.config.indexes.empty());
}

TEST(Config, RemembersWhereEachKeyStands) {
  const Config config = Parsed(kWhole).config;
  EXPECT_EQ(config.positions.at("searchd.listen").line, 5);
  EXPECT_EQ(config.positions.at("searchd.listen").column, 1);
  EXPECT_EQ(config.positions.at("indexes.statements.sources[1].path").line, 31);
}

TEST(Config, TheProjectsOwnFileIsRight) {
  const Loaded loaded = Load(QUIPU_SOURCE_DIR "/quipu.toml", NoEnvironment);
  for (const Fault& fault : loaded.faults) ADD_FAILURE() << Describe(fault, "quipu.toml");
  EXPECT_TRUE(loaded.config.indexes.contains("seeds"));
  EXPECT_TRUE(loaded.config.indexes.contains("docs"));
}

TEST(Config, ReadsFilters) {
  const Loaded loaded = Parsed(
      "[[filters]]\nmime = \"application/x-foo\"\ncommand = [\"foo2html\", \"{}\"]\noutput = \"html\"\n"
      "[[filters]]\nendings = [\"wpd\"]\ncommand = [\"wpd2text\"]\n");
  EXPECT_TRUE(loaded.faults.empty());
  ASSERT_EQ(loaded.config.filters.size(), 2U);
  EXPECT_EQ(loaded.config.filters[0].mime, "application/x-foo");
  EXPECT_EQ(loaded.config.filters[0].output, FilterOutput::kHtml);
  EXPECT_EQ(loaded.config.filters[0].command, (std::vector<std::string>{"foo2html", "{}"}));
  EXPECT_EQ(loaded.config.filters[1].endings, std::vector<std::string>{"wpd"});
  EXPECT_EQ(loaded.config.filters[1].output, FilterOutput::kText);
}

TEST(Config, TellsWhatAFilterLacks) {
  EXPECT_EQ(FaultsOf("[[filters]]\nmime = \"a/b\"\n"),
            "quipu.toml:1:1: `filters[0]`: a filter needs a `command`\n");
  EXPECT_EQ(FaultsOf("[[filters]]\ncommand = [\"a\"]\n"),
            "quipu.toml:1:1: `filters[0]`: a filter needs a `mime` or `endings`, to say what it reads\n");
}

TEST(ConfigFile, ThatIsMissingIsOneFaultWithoutAPlace) {
  const Loaded loaded = Load("/nonexistent/quipu.toml", NoEnvironment);
  ASSERT_EQ(loaded.faults.size(), 1U);
  EXPECT_EQ(Describe(loaded.faults[0], "/nonexistent/quipu.toml"),
            "/nonexistent/quipu.toml: cannot be read: No such file or directory");
}

TEST(ConfigFile, ThatIsAFolderIsAFault) { EXPECT_EQ(Load("/tmp", NoEnvironment).faults.size(), 1U); }

TEST(ConfigFile, ThatIsHugeIsRefusedUnread) {
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("quipu-huge-" + std::to_string(::getpid()) + ".toml");
  std::ofstream(file) << "# ";
  std::filesystem::resize_file(file, 1ULL << 30);
  const Loaded loaded = Load(file, NoEnvironment);
  std::filesystem::remove(file);
  ASSERT_EQ(loaded.faults.size(), 1U);
  EXPECT_THAT(loaded.faults[0].message, HasSubstr("over 1 MiB"));
}

TEST(FindConfigFile, TakesTheFlagBeforeTheEnvironment) {
  const Environment environment = [](const char* name) -> std::optional<std::string> {
    return std::string_view(name) == "QUIPU_CONFIG" ? std::optional<std::string>("/from/env.toml")
                                                    : std::nullopt;
  };
  EXPECT_EQ(FindConfigFile("flag.toml", environment), "flag.toml");
  EXPECT_EQ(FindConfigFile("", environment), "/from/env.toml");
}

}  // namespace
}  // namespace quipu::config
