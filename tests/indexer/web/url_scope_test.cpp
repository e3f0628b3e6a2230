// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/url_scope.h"

#include <gtest/gtest.h>

namespace quipu::web {
namespace {

using Verdict = UrlScope::Verdict;

UrlScope Scope(const ScopeSettings& settings) {
  UrlScope scope = UrlScope::Make(settings).value();
  scope.AllowOriginOf(*Url::Parse("http://example.org/"));
  return scope;
}

Verdict Judge(const ScopeSettings& settings, const char* url) {
  return Scope(settings).Judge(*Url::Parse(url));
}

TEST(UrlScope, StaysOnTheHost) {
  EXPECT_EQ(Judge({}, "http://example.org/a"), Verdict::kDocument);
  EXPECT_EQ(Judge({}, "https://example.org/a"), Verdict::kDocument);
  EXPECT_EQ(Judge({}, "http://www.example.org/a"), Verdict::kOtherHost);
  EXPECT_EQ(Judge({}, "http://example.org:8080/a"), Verdict::kOtherHost);
  EXPECT_EQ(Judge({}, "http://example.org.evil.example/a"), Verdict::kOtherHost);
}

TEST(UrlScope, LetsInTheHostsThatAreNamed) {
  const ScopeSettings settings{.hosts = {"WWW.example.org", "other.example:8080", "[::1]:90"}};
  EXPECT_EQ(Judge(settings, "https://www.example.org:444/a"), Verdict::kDocument);
  EXPECT_EQ(Judge(settings, "http://other.example:8080/"), Verdict::kDocument);
  EXPECT_EQ(Judge(settings, "http://other.example/"), Verdict::kOtherHost);
  EXPECT_EQ(Judge(settings, "http://[::1]:90/"), Verdict::kDocument);
  EXPECT_EQ(Judge(settings, "http://[::1]/"), Verdict::kOtherHost);
}

TEST(UrlScope, RefusesWhatIsNoHost) {
  EXPECT_FALSE(UrlScope::Make({.hosts = {"https://example.org/"}}).ok());
  EXPECT_FALSE(UrlScope::Make({.hosts = {"user@example.org"}}).ok());
  EXPECT_FALSE(UrlScope::Make({.include = {"a[b"}}).ok());
}

TEST(UrlScope, MatchesPatternsAgainstThePath) {
  const ScopeSettings docs{.include = {"docs/**"}, .exclude = {"**/*.zip", "docs/old", "*?print=*"}};
  EXPECT_EQ(Judge(docs, "http://example.org/docs/a/b"), Verdict::kDocument);
  EXPECT_EQ(Judge(docs, "http://example.org/docs/a.zip"), Verdict::kNotWanted);
  EXPECT_EQ(Judge(docs, "http://example.org/docs/old/a"), Verdict::kNotWanted);
  EXPECT_EQ(Judge({.exclude = {"**/*print=*"}}, "http://example.org/a?print=1"), Verdict::kNotWanted);
  EXPECT_EQ(Judge({}, "http://example.org/"), Verdict::kDocument);
  EXPECT_EQ(Judge({}, "http://example.org/.well-known/x"), Verdict::kDocument);
}

TEST(UrlScope, ReadsForItsLinksWhatMayLeadToSomethingWanted) {
  EXPECT_EQ(Judge({.include = {"docs/**"}}, "http://example.org/"), Verdict::kLinksOnly);
  EXPECT_EQ(Judge({.include = {"docs/**"}}, "http://example.org/blog/a"), Verdict::kNotWanted);
  EXPECT_EQ(Judge({.include = {"**/*.pdf"}}, "http://example.org/blog/a"), Verdict::kLinksOnly);
}

TEST(UrlScope, MatchesWholeAddressesToo) {
  const ScopeSettings settings{.hosts = {"b.example"}, .exclude = {"https://b.example/private/**"}};
  EXPECT_EQ(Judge(settings, "http://b.example/private/x"), Verdict::kNotWanted);
  EXPECT_EQ(Judge(settings, "http://example.org/private/x"), Verdict::kDocument);
}

TEST(UrlScope, SeesTraps) {
  EXPECT_EQ(Judge({}, "http://example.org/a/b/a/b/a/b/a/b/a/b/"), Verdict::kTrap);
  std::string deep = "http://example.org";
  for (int i = 0; i < 50; ++i) deep += "/" + std::to_string(i);
  EXPECT_EQ(Judge({}, deep.c_str()), Verdict::kTrap);
  std::string query = "http://example.org/?";
  for (int i = 0; i < 30; ++i) query += "&f" + std::to_string(i) + "=1";
  EXPECT_EQ(Judge({}, query.c_str()), Verdict::kTrap);
  EXPECT_EQ(Judge({}, "http://example.org/2024/01/01/a/1"), Verdict::kDocument);
}

TEST(UrlScope, DropsParametersThatSayNothing) {
  const UrlScope scope = Scope({.ignore_parameters = {"utm_*", "sid"}});
  EXPECT_EQ(scope.Tidy(*Url::Parse("http://example.org/?utm_a=1&sid=2&id=3")).text(),
            "http://example.org/?id=3");
}

TEST(UrlScope, ChangesItsFingerprintWithItsRules) {
  EXPECT_NE(Scope({}).fingerprint(), Scope({.exclude = {"x"}}).fingerprint());
  EXPECT_EQ(Scope({}).fingerprint(), Scope({}).fingerprint());
}

}  // namespace
}  // namespace quipu::web
