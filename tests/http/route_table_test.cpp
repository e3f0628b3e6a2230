// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/http/route_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace quipu::http {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Route Make(std::string method, std::string pattern) {
  return {std::move(method), std::move(pattern), Cost::kCheap, "", nullptr};
}

const RouteTable& Routes() {
  static const RouteTable table({Make("GET", "/"), Make("GET", "/indexes"), Make("GET", "/indexes/{uid}"),
                                 Make("GET", "/indexes/{uid}/search"), Make("POST", "/indexes/{uid}/search"),
                                 Make("GET", "/indexes/{uid}/documents/{id}"), Make("GET", "/indexes/all"),
                                 Make("DELETE", "/only/deleted")});
  return table;
}

RouteMatch Found(std::string_view method, std::string_view path) {
  auto outcome = Routes().Find(method, path);
  return std::holds_alternative<RouteMatch>(outcome) ? std::get<RouteMatch>(outcome) : RouteMatch();
}

NoRoute Missing(std::string_view method, std::string_view path) {
  auto outcome = Routes().Find(method, path);
  return std::holds_alternative<NoRoute>(outcome) ? std::get<NoRoute>(outcome) : NoRoute{{200, {}}, {}};
}

TEST(RouteTable, FindsPatternsAndTheirArguments) {
  EXPECT_EQ(Found("GET", "/").route->pattern, "/");
  EXPECT_THAT(Found("GET", "/").args, IsEmpty());
  EXPECT_EQ(Found("GET", "/indexes").route->pattern, "/indexes");
  const RouteMatch match = Found("GET", "/indexes/seeds/documents/a.txt");
  EXPECT_EQ(match.route->pattern, "/indexes/{uid}/documents/{id}");
  EXPECT_THAT(match.args, ElementsAre("seeds", "a.txt"));
  EXPECT_EQ(match.path, "/indexes/seeds/documents/a.txt");
}

TEST(RouteTable, PrefersALiteralSegment) {
  EXPECT_EQ(Found("GET", "/indexes/all").route->pattern, "/indexes/all");
}

TEST(RouteTable, MatchesBeforeItDecodes) {
  EXPECT_THAT(Found("GET", "/indexes/x/documents/a%2Fb%20c.txt").args, ElementsAre("x", "a/b c.txt"));
  EXPECT_THAT(Found("GET", "/indexes/x/documents/%252F").args, ElementsAre("x", "%2F"));
  EXPECT_EQ(Missing("GET", "/indexes%2Fx").refusal.status, 404);
}

TEST(RouteTable, ReadsEscapedLiteralsAlike) {
  EXPECT_EQ(Found("GET", "/indexe%73/x/s%65arch").route->pattern, "/indexes/{uid}/search");
}

TEST(RouteTable, ServesHeadWhereGetIs) {
  EXPECT_EQ(Found("HEAD", "/indexes").route->method, "GET");
  EXPECT_EQ(Missing("HEAD", "/only/deleted").allow, "DELETE");
}

TEST(RouteTable, NamesTheMethodsThatArePossible) {
  EXPECT_EQ(Missing("PUT", "/indexes/a/search").refusal.status, 405);
  EXPECT_EQ(Missing("PUT", "/indexes/a/search").allow, "GET, HEAD, POST");
  EXPECT_EQ(Missing("OPTIONS", "/indexes/a/search").refusal.status, 405);
  EXPECT_EQ(Missing("get", "/indexes").refusal.status, 405);
}

TEST(RouteTable, SaysHowAnIndexIsChangedToWhoeverTries) {
  for (const auto& [method, path] : {std::pair("POST", "/indexes"), std::pair("DELETE", "/indexes/a"),
                                     std::pair("PATCH", "/indexes/a/settings")}) {
    const NoRoute missing = Missing(method, path);
    EXPECT_EQ(missing.refusal.status, 405) << path;
    EXPECT_NE(missing.refusal.error.message.find("quipu-indexer run"), std::string::npos) << path;
  }
  EXPECT_EQ(Missing("PATCH", "/indexes/a/settings").allow, "GET, HEAD, OPTIONS");
  EXPECT_EQ(Missing("POST", "/indexes/a/serach").refusal.status, 404);
  EXPECT_EQ(Missing("HEAD", "/only/deleted").refusal.error.message.find("quipu-indexer"), std::string::npos);
}

TEST(RouteTable, KnowsNoOtherPaths) {
  for (const char* path : {"/x", "//", "/indexes/", "/indexes//search", "/indexes/a/search/", "/../indexes",
                           "/Indexes", "/indexes/a/b/c/d"}) {
    EXPECT_EQ(Missing("GET", path).refusal.status, 404) << path;
    EXPECT_EQ(Missing("GET", path).allow, "") << path;
  }
}

TEST(RouteTable, RefusesMalformedEscapes) {
  for (const char* path : {"/indexes/%", "/indexes/%2", "/indexes/%zz", "/indexes/%00", "/%u0041"}) {
    EXPECT_EQ(Missing("GET", path).refusal.status, 400) << path;
  }
}

TEST(RouteTable, RefusesAPatternWithoutSlash) {
  EXPECT_THROW(RouteTable({Make("GET", "x")}), std::logic_error);
}

}  // namespace
}  // namespace quipu::http
