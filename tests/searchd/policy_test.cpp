// SPDX-License-Identifier: GPL-2.0-or-later
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "searchd/access.h"
#include "searchd/metrics/metrics.h"
#include "searchd/reload.h"
#include "searchd/routes/entity_tag.h"

namespace quipu::searchd {
namespace {

using testing::HasSubstr;

struct Listen {
  std::string name, address;
  bool local;
};
class ListenAddress : public testing::TestWithParam<Listen> {};

TEST_P(ListenAddress, IsServedWithoutKeysOnlyIfLocal) {
  EXPECT_EQ(IsLocal(GetParam().address), GetParam().local);
  config::Config config;
  config.searchd.listen = GetParam().address;
  EXPECT_EQ(CheckAccess(config).ok(), GetParam().local);
  config.searchd.open_access = true;
  EXPECT_TRUE(CheckAccess(config).ok());
}

INSTANTIATE_TEST_SUITE_P(
    Table, ListenAddress,
    testing::Values(Listen{"V4", "127.0.0.1:7700", true}, Listen{"V4Other", "127.1.2.3:0", true},
                    Listen{"V6", "[::1]:7700", true}, Listen{"Name", "localhost:7700", true},
                    Listen{"Unix", "unix:/run/quipu/searchd.sock", true},
                    Listen{"AllV4", "0.0.0.0:7700", false}, Listen{"AllV6", "[::]:7700", false},
                    Listen{"Private", "10.0.0.1:7700", false},
                    Listen{"LooksLocal", "127.0.0.1.example.org:7700", false},
                    Listen{"Host", "example.org:7700", false}),
    [](const auto& tested) { return tested.param.name; });

TEST(CheckAccess, WithKeysOthersMayReachThePublicAddressOnly) {
  config::Config config;
  config.searchd.listen = "0.0.0.0:7700";
  config.searchd.keys_file = "/etc/quipu/keys.toml";
  EXPECT_TRUE(CheckAccess(config).ok());
  config.searchd.admin_listen = "0.0.0.0:7701";
  ASSERT_FALSE(CheckAccess(config).ok()) << "it asks for no key";
  EXPECT_THAT(CheckAccess(config).error().message, HasSubstr("0.0.0.0:7701"));
}

TEST(CheckKeys, WantsAFileThatCanBeReadAndThePageKeyInIt) {
  config::Searchd searchd;
  EXPECT_TRUE(CheckKeys(searchd).empty());
  searchd.page_key = "abc";
  EXPECT_EQ(CheckKeys(searchd).size(), 1U);
  searchd.keys_file = "/nonexistent/keys.toml";
  ASSERT_EQ(CheckKeys(searchd).size(), 1U);
  EXPECT_THAT(CheckKeys(searchd).front().message, HasSubstr("No such file"));
}

TEST(CheckAccess, HoldsForTheAdminAddressToo) {
  config::Config config;
  config.searchd.admin_listen = "0.0.0.0:7701";
  EXPECT_FALSE(CheckAccess(config).ok());
}

TEST(CompareConfigs, NamesWhatTakesEffectAndWhatWaits) {
  config::Config before;
  before.indexes["a"].title = "A";
  before.indexes["b"];
  config::Config after;
  after.indexes["a"].title = "AA";
  after.indexes["c"];
  after.searchd.query_deadline_ms = 5;
  after.searchd.listen = "127.0.0.1:1";
  after.searchd.threads = 7;
  const ConfigChange change = Compare(before, after);
  EXPECT_THAT(change.applied,
              testing::UnorderedElementsAre("title of index `a` changed", "index `b` removed",
                                            "index `c` added", "`query_deadline_ms` changed"));
  EXPECT_THAT(change.needs_restart, testing::UnorderedElementsAre("listen", "threads"));
  EXPECT_TRUE(Compare(after, after).applied.empty());
  EXPECT_TRUE(Compare(after, after).needs_restart.empty());
}

index::IndexFacts State(std::uint64_t generation, std::uint64_t revision) {
  index::IndexFacts facts;
  facts.generation = generation;
  facts.revision = revision;
  return facts;
}

http::Request Ask(std::string path, std::vector<std::pair<std::string, std::string>> query) {
  http::Request request;
  request.path = std::move(path);
  request.query = std::move(query);
  return request;
}

TEST(EntityTag, ChangesWithStateAndRequest) {
  const http::Request request = Ask("/indexes/a/search", {{"q", "b"}});
  const std::string tag = EntityTag(State(1, 2), request);
  EXPECT_EQ(tag, EntityTag(State(1, 2), request));
  EXPECT_NE(tag, EntityTag(State(1, 3), request));
  EXPECT_NE(tag, EntityTag(State(2, 2), request));
  EXPECT_NE(tag, EntityTag(State(1, 2), Ask("/indexes/a/search", {{"q", "c"}})));
  EXPECT_NE(tag, EntityTag(State(1, 2), Ask("/indexes/b/search", {{"q", "b"}})));
  index::IndexFacts rebuilt = State(1, 2);
  rebuilt.created_at = "2024-01-01T00:00:00Z";
  EXPECT_NE(tag, EntityTag(rebuilt, request)) << "an index built anew counts its generations anew";
}

TEST(EntityTag, KeepsRequestsApartThatJoinToTheSameText) {
  EXPECT_NE(EntityTag(State(1, 1), Ask("/", {{"a", "bc"}})), EntityTag(State(1, 1), Ask("/", {{"ab", "c"}})));
  EXPECT_NE(EntityTag(State(1, 1), Ask("/", {{"a", "1"}, {"b", "2"}})),
            EntityTag(State(1, 1), Ask("/", {{"a", "1\n1:b1:2"}})));
}

struct Match {
  std::string name, header;
  bool named;
};
class IfNoneMatch : public testing::TestWithParam<Match> {};
TEST_P(IfNoneMatch, ComparesWeakly) {
  EXPECT_EQ(NamesTag(GetParam().header, "W/\"1-2-ab\""), GetParam().named);
}
INSTANTIATE_TEST_SUITE_P(Table, IfNoneMatch,
                         testing::Values(Match{"Same", "W/\"1-2-ab\"", true},
                                         Match{"Strong", "\"1-2-ab\"", true},
                                         Match{"InAList", "\"x\", W/\"1-2-ab\" ,\"y\"", true},
                                         Match{"Any", "*", true}, Match{"Other", "W/\"1-3-ab\"", false},
                                         Match{"Absent", "", false}, Match{"Unquoted", "1-2-ab", false}),
                         [](const auto& tested) { return tested.param.name; });

TEST(Metrics, CountsByRouteStatusAndTime) {
  Metrics metrics;
  metrics.AddRoute("GET", "/health");
  metrics.AddRoute("POST", "/indexes/{uid}/search");
  metrics.Observe("GET", "/health", 200, 400);
  metrics.Observe("HEAD", "/health", 200, 3000);
  metrics.Observe("POST", "/indexes/{uid}/search", 400, 9'000'000);
  metrics.Observe("PUT", "/health", 405, 1);
  metrics.Observe("", "", 431, 0);
  const std::string text = metrics.Render();
  EXPECT_THAT(text,
              HasSubstr("quipu_http_requests_total{method=\"GET\",route=\"/health\",status=\"200\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("{method=\"POST\",route=\"/indexes/{uid}/search\",status=\"400\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("{method=\"\",route=\"none\",status=\"405\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("{method=\"\",route=\"none\",status=\"431\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("_bucket{method=\"GET\",route=\"/health\",le=\"0.0005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("_bucket{method=\"GET\",route=\"/health\",le=\"0.005\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("_bucket{method=\"POST\",route=\"/indexes/{uid}/search\",le=\"2.5\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("_bucket{method=\"POST\",route=\"/indexes/{uid}/search\",le=\"+Inf\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("_sum{method=\"POST\",route=\"/indexes/{uid}/search\"} 9.000000\n"));
}

}  // namespace
}  // namespace quipu::searchd
