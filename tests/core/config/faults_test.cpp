// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/core/config/parsed.h"

namespace quipu::config {
namespace {

using testing::HasSubstr;

struct Case {
  std::string_view name;
  std::string_view toml;
  std::string_view fault;  // the whole line
};

class ConfigFault : public testing::TestWithParam<Case> {};

TEST_P(ConfigFault, IsToldWithItsPlaceAndWhatWasExpected) {
  EXPECT_EQ(FaultsOf(GetParam().toml), std::string(GetParam().fault) + "\n");
}

constexpr auto kName = [](const auto& test) { return std::string(test.param.name); };

INSTANTIATE_TEST_SUITE_P(
    Keys, ConfigFault,
    testing::Values(
        Case{"UnknownKeyNearAnother", "[indexes.a]\nfacet = []",
             "quipu.toml:2:1: unknown key `indexes.a.facet`; did you mean `facets`?"},
        Case{"UnknownKeyAtTheTop", "dataa_dir = \"x\"",
             "quipu.toml:1:1: unknown key `dataa_dir`; did you mean `data_dir`?"},
        Case{"UnknownTable", "[serchd]", "quipu.toml:1:2: unknown key `serchd`; did you mean `searchd`?"},
        Case{"KnownElsewhere", "query_deadline_ms = 5",
             "quipu.toml:1:1: unknown key `query_deadline_ms`; did you mean `searchd.query_deadline_ms`?"},
        Case{"UnknownWithNothingNear", "[searchd]\nzebra = 1", "quipu.toml:2:1: unknown key `searchd.zebra`"},
        Case{"UnknownKeyOfASource", "[[indexes.a.sources]]\npath = \"x\"\nexcludes = []",
             "quipu.toml:3:1: unknown key `indexes.a.sources[0].excludes`; did you mean `exclude`?"},
        Case{"UnknownKeyOfAField", "[indexes.a.fields.year]\ntpye = \"number\"",
             "quipu.toml:2:1: unknown key `indexes.a.fields.year.tpye`; did you mean `type`?"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Types, ConfigFault,
    testing::Values(
        Case{"TextForANumber", "[searchd]\nthreads = \"two\"",
             "quipu.toml:2:11: `searchd.threads`: expected a whole number from 0 to 1024, not a text"},
        Case{"DecimalsForAWholeNumber", "[searchd]\nthreads = 2.0",
             "quipu.toml:2:11: `searchd.threads`: expected a whole number from 0 to 1024, not a number with "
             "decimals"},
        Case{"NumberForAText", "data_dir = 7",
             "quipu.toml:1:12: `data_dir`: expected a path, not a whole number"},
        Case{"TextForABoolean", "[searchd]\nlog_queries = \"yes\"",
             "quipu.toml:2:15: `searchd.log_queries`: expected true or false, not a text"},
        Case{"TextForAList", "[indexes.a]\nfacets = \"type\"",
             "quipu.toml:2:10: `indexes.a.facets`: expected a list of texts, not a text"},
        Case{"ListWithANumber", "[indexes.a]\nfacets = [\"type\", 3]",
             "quipu.toml:2:10: `indexes.a.facets`: expected a list of texts, not a list"},
        Case{"DateForAText", "[indexes.a]\ntitle = 2023-01-17",
             "quipu.toml:2:9: `indexes.a.title`: expected a text, not a date or time"},
        Case{"TableForAKey", "[data_dir]", "quipu.toml:1:1: `data_dir`: expected a path, not a table"},
        Case{"KeyForATable", "searchd = 1",
             "quipu.toml:1:1: `searchd`: expected a table, not a whole number"},
        Case{"IndexThatIsNoTable", "[indexes]\na = 1",
             "quipu.toml:2:1: `indexes.a`: expected a table, not a whole number"},
        Case{"OneTableForAListOfSources", "[indexes.a.sources]\npath = \"x\"",
             "quipu.toml:1:12: `indexes.a.sources`: expected a list of tables: write [[indexes.a.sources]]"},
        Case{"SourceThatIsNoTable", "[indexes.a]\nsources = [1]",
             "quipu.toml:2:12: `indexes.a.sources[0]`: expected a table, not a whole number"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Values, ConfigFault,
    testing::Values(
        Case{"TooSmall", "[searchd]\nquery_deadline_ms = 0",
             "quipu.toml:2:21: `searchd.query_deadline_ms`: expected a whole number from 1 to 600000"},
        Case{"TooLarge", "[indexes.a]\nmax_vanish_percent = 101",
             "quipu.toml:2:22: `indexes.a.max_vanish_percent`: expected a number from 0 to 100"},
        Case{"NotANumber", "[indexes.a]\nmax_vanish_percent = nan",
             "quipu.toml:2:22: `indexes.a.max_vanish_percent`: expected a number from 0 to 100"},
        Case{"ListenWithoutAPort", "[searchd]\nlisten = \"localhost\"",
             "quipu.toml:2:10: `searchd.listen`: expected host:port, [v6]:port or unix:/path, not "
             "\"localhost\""},
        Case{"LanguageInWords", "[indexes.a]\nlanguages = [\"English\"]",
             "quipu.toml:2:13: `indexes.a.languages`: expected a code of two or three small letters such as "
             "\"es\", not \"English\""},
        Case{"EmptyGlob", "[[indexes.a.sources]]\npath = \"x\"\ninclude = [\"\"]",
             "quipu.toml:3:11: `indexes.a.sources[0].include`: expected a list of patterns such as "
             "\"**/*.html\", and none of them empty"},
        Case{"FieldType", "[indexes.a.fields.year]\ntype = \"numbr\"",
             "quipu.toml:2:8: `indexes.a.fields.year.type`: expected one of \"string\", \"number\", "
             "\"boolean\", \"date\", not \"numbr\""},
        Case{"SourceType", "[[indexes.a.sources]]\ntype = \"ftp\"\npath = \"x\"",
             "quipu.toml:2:8: `indexes.a.sources[0].type`: expected one of \"folder\", \"jsonl\", "
             "\"sitemap\", \"crawl\", not \"ftp\""},
        Case{"UrlWithoutAScheme", "[[indexes.a.sources]]\npath = \"x\"\nurl = \"example.org\"",
             "quipu.toml:3:7: `indexes.a.sources[0].url`: expected http://… or https://…, not "
             "\"example.org\""},
        Case{"IndexName", "[indexes.\"../x\"]",
             "quipu.toml:1:10: `../x` cannot name an index: expected 1 to 64 of the letters a-z and A-Z, "
             "digits, `_` and `-`"},
        Case{"ZeroByte", "data_dir = \"a\\u0000b\"",
             "quipu.toml:1:12: `data_dir`: it must not hold a zero byte"}),
    kName);

INSTANTIATE_TEST_SUITE_P(
    Sources, ConfigFault,
    testing::Values(
        Case{"FolderWithoutAPath", "[[indexes.a.sources]]\ntype = \"folder\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a source of the type \"folder\" needs a `path`"},
        Case{"JsonlWithoutAPath", "[[indexes.a.sources]]\ntype = \"jsonl\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a source of the type \"jsonl\" needs a `path`, a file "
             "or \"-\""},
        Case{"SitemapWithoutAnything", "[[indexes.a.sources]]\ntype = \"sitemap\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a source of the type \"sitemap\" needs a `url` or a "
             "`path`"},
        Case{"CrawlWithoutAUrl", "[[indexes.a.sources]]\ntype = \"crawl\"\npath = \"x\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a source of the type \"crawl\" needs a `url` to start "
             "at"},
        Case{
            "CrawlWithAPath",
            "[[indexes.a.sources]]\ntype = \"crawl\"\nurl = \"http://a.example/\"\npath = \"x\"",
            "quipu.toml:4:1: `indexes.a.sources[0].path`: only a source of the type \"folder\", \"jsonl\" or "
            "\"sitemap\" reads this"},
        Case{"SitemapFromTwoPlaces",
             "[[indexes.a.sources]]\ntype = \"sitemap\"\nurl = \"http://a.example/\"\npath = \"x\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a sitemap is read from a `url` or from a `path`, not "
             "from "
             "both"},
        Case{"PagesOfAFolder", "[[indexes.a.sources]]\npath = \"x\"\nmax_pages = 5",
             "quipu.toml:3:1: `indexes.a.sources[0].max_pages`: only a source of the type \"sitemap\" or "
             "\"crawl\" "
             "reads this"},
        Case{"DepthOfASitemap",
             "[[indexes.a.sources]]\ntype = \"sitemap\"\nurl = \"http://a.example/\"\nmax_depth = 5",
             "quipu.toml:4:1: `indexes.a.sources[0].max_depth`: only a source of the type \"crawl\" reads "
             "this"},
        Case{
            "HostThatIsAUrl",
            "[[indexes.a.sources]]\ntype = \"crawl\"\nurl = \"http://a.example/\"\nallow_hosts = "
            "[\"https://b.example/\"]",
            "quipu.toml:4:15: `indexes.a.sources[0].allow_hosts`: expected a host such as \"example.org\" or "
            "\"example.org:8080\", not \"https://b.example/\""},
        Case{"EmptyPath", "[[indexes.a.sources]]\npath = \"\"",
             "quipu.toml:1:1: `indexes.a.sources[0]`: a source of the type \"folder\" needs a `path`"}),
    kName);

TEST(ConfigFaults, AreAllToldInTheOrderOfTheFile) {
  EXPECT_EQ(FaultsOf("[searchd]\n"
                     "threads = -1\n"
                     "listn = \"x\"\n"
                     "listen = \"x\"\n"
                     "[indexes.a]\n"
                     "facets = 3\n"),
            "quipu.toml:2:11: `searchd.threads`: expected a whole number from 0 to 1024\n"
            "quipu.toml:3:1: unknown key `searchd.listn`; did you mean `listen`?\n"
            "quipu.toml:4:10: `searchd.listen`: expected host:port, [v6]:port or unix:/path, not \"x\"\n"
            "quipu.toml:6:10: `indexes.a.facets`: expected a list of texts, not a whole number\n");
}

TEST(ConfigFaults, ASyntaxErrorHasItsPlace) {
  EXPECT_THAT(FaultsOf("data_dir = \"var\"\n[searchd\n"), HasSubstr("quipu.toml:2:9: syntax: "));
  EXPECT_THAT(FaultsOf("a = 1\na = 2\n"), HasSubstr("quipu.toml:2:"));
  EXPECT_THAT(FaultsOf("data_dir = \"\xff\"\n"), HasSubstr("quipu.toml:1:"));
}

TEST(ConfigFaults, HoldNoControlCharactersOfTheFile) {
  EXPECT_EQ(FaultsOf("\"a\\nb\\u001b[2J\" = 1"), "quipu.toml:1:1: unknown key `a\\x0ab\\x1b[2J`\n");
}

TEST(ConfigFaults, AWrongPathIsNotAlsoAMissingOne) {
  EXPECT_EQ(FaultsOf("[[indexes.a.sources]]\npath = 3"),
            "quipu.toml:2:8: `indexes.a.sources[0].path`: expected a path, not a whole number\n");
}

}  // namespace
}  // namespace quipu::config
