// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/robots.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>

namespace quipu::web {
namespace {

using ::testing::ElementsAre;

struct RobotsCase {
  const char* name;
  const char* text;
  const char* target;
  bool allowed;
};

class RobotsRules : public ::testing::TestWithParam<RobotsCase> {};

TEST_P(RobotsRules, SayWhatMayBeAskedFor) {
  EXPECT_EQ(Robots::Parse(GetParam().text, "quipu-indexer").Allows(GetParam().target), GetParam().allowed);
}

// Most of these are the examples of RFC 9309.
constexpr char kRfc[] =
    "User-Agent: *\nDisallow: *.gif$\nDisallow: /example/\nAllow: /publications/\n\n"
    "User-Agent: foobot\nDisallow:/\nAllow:/example/page.html\nAllow:/example/allowed.gif\n\n"
    "User-Agent: barbot\nUser-Agent: bazbot\nDisallow: /example/page.html\n\n"
    "User-Agent: quxbot\n";
constexpr RobotsCase kCases[] = {
    {"Empty", "", "/a", true},
    {"RfcDisallowed", kRfc, "/example/x", false},
    {"RfcWildcard", kRfc, "/pictures/a.gif", false},
    {"RfcWildcardEnds", kRfc, "/pictures/a.gif?x", true},
    {"RfcAllowed", kRfc, "/publications/a", true},
    {"All", "User-agent: *\nDisallow: /", "/a", false},
    {"RobotsTxtItself", "User-agent: *\nDisallow: /", "/robots.txt", true},
    {"EmptyDisallowAllowsAll", "User-agent: *\nDisallow:", "/a", true},
    {"LongestWins", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
    {"LongestWinsInAnyOrder", "User-agent: *\nAllow: /a/b\nDisallow: /a", "/a/b/c", true},
    {"LongestWinsToForbid", "User-agent: *\nAllow: /a\nDisallow: /a/b", "/a/b/c", false},
    {"AllowWinsATie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
    {"OwnGroupAlone", "User-agent: *\nDisallow: /\nUser-agent: Quipu-Indexer\nDisallow: /x", "/a", true},
    {"OwnGroupForbids", "User-agent: quipu-indexer\nDisallow: /\nUser-agent: *\nAllow: /", "/a", false},
    {"OwnGroupWithVersion", "User-agent: quipu-indexer/1.0\nDisallow: /", "/a", false},
    {"EmptyOwnGroup", "User-agent: quipu-indexer\n\nUser-agent: *\nDisallow: /", "/a", false},
    {"OtherRobot", "User-agent: other\nDisallow: /", "/a", true},
    {"GroupsOfOneNameJoin", "User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", false},
    {"SeveralNamesOneGroup", "User-agent: x\nUser-agent: quipu-indexer\nDisallow: /a", "/a", false},
    {"NamesAfterRulesBeginAGroup", "User-agent: quipu-indexer\nDisallow: /a\nUser-agent: x\nDisallow: /b",
     "/b", true},
    {"Comments", "User-agent: * # all\nDisallow: /a # not this", "/a", false},
    {"NoSpaceAndCase", "USER-AGENT:*\nDISALLOW:/a", "/a", false},
    {"CaseOfPathsCounts", "User-agent: *\nDisallow: /A", "/a", true},
    {"Bom", "\xEF\xBB\xBFUser-agent: *\nDisallow: /a", "/a", false},
    {"CarriageReturns", "User-agent: *\r\rDisallow: /a\r\n", "/a", false},
    {"RuleBeforeAnyName", "Disallow: /a", "/a", true},
    {"SitemapDoesNotEndAGroup", "User-agent: quipu-indexer\nSitemap: /s.xml\nUser-agent: x\nDisallow: /a",
     "/a", false},
    {"Query", "User-agent: *\nDisallow: /*?print=", "/a?print=1", false},
    {"EscapesAreEqual", "User-agent: *\nDisallow: /a%7eb/%c3%b1", "/a~b/%C3%B1", false},
    {"Utf8RuleIsEscaped", "User-agent: *\nDisallow: /ñ", "/%C3%B1/x", false},
    {"EscapedSlashDiffers", "User-agent: *\nDisallow: /a%2Fb", "/a/b", true},
    {"EndOnly", "User-agent: *\nDisallow: /a$", "/a/b", true},
    {"EndMatches", "User-agent: *\nDisallow: /a$", "/a", false},
    {"DollarInside", "User-agent: *\nDisallow: /a$b", "/a$b", false},
    {"StarInside", "User-agent: *\nDisallow: /*/private/", "/x/y/private/z", false},
    {"StarAtTheEnd", "User-agent: *\nDisallow: /a*", "/abc", false},
};
INSTANTIATE_TEST_SUITE_P(Table, RobotsRules, ::testing::ValuesIn(kCases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(Robots, TellDelayAndSitemaps) {
  const Robots robots = Robots::Parse(
      "Sitemap: https://example.org/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x\nsitemap: /b.xml\n",
      "quipu");
  EXPECT_EQ(robots.crawl_delay_ms(), 2500);
  EXPECT_THAT(robots.sitemaps(), ElementsAre("https://example.org/a.xml", "/b.xml"));
  EXPECT_FALSE(Robots::Parse("User-agent: *\nCrawl-delay: soon\n", "quipu").crawl_delay_ms());
  EXPECT_FALSE(Robots::Parse("User-agent: *\nCrawl-delay: -1\n", "quipu").crawl_delay_ms());
  EXPECT_FALSE(Robots::Parse("User-agent: *\nCrawl-delay: nan\n", "quipu").crawl_delay_ms());
}

TEST(Robots, ForbidAllWhenTheyCannotBeHad) { EXPECT_FALSE(Robots::ForbidAll().Allows("/")); }

TEST(Robots, TakeNoExponentialTime) {
  std::string pattern = "/";
  for (int i = 0; i < 500; ++i) pattern += "*a";
  const Robots robots = Robots::Parse("User-agent: *\nDisallow: " + pattern + "b\n", "quipu");
  const auto began = std::chrono::steady_clock::now();
  EXPECT_TRUE(robots.Allows("/" + std::string(1900, 'a')));
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(1));
}

TEST(ProductToken, IsTheNameBeforeTheVersion) {
  EXPECT_EQ(ProductToken("quipu-indexer/1.0 (+https://example.org/)"), "quipu-indexer");
  EXPECT_EQ(ProductToken("My_Bot"), "My_Bot");
  EXPECT_EQ(ProductToken("*"), "");
}

}  // namespace
}  // namespace quipu::web
