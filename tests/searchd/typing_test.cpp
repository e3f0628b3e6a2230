// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/typing.h"

#include <gtest/gtest.h>

namespace quipu::searchd {
namespace {

http::Request Asked(std::vector<std::pair<std::string, std::string>> query) {
  http::Request request;
  request.method = "GET";
  request.path = "/indexes/a/search";
  request.query = std::move(query);
  request.remote_address = "192.0.2.1";
  request.headers["sec-fetch-mode"] = "cors";
  return request;
}

http::Request Posted(std::string body) {
  http::Request request = Asked({});
  request.method = "POST";
  request.body = std::move(body);
  return request;
}

std::optional<http::Typing> Read(const http::Request& request) { return ReadTyping({}, request); }

TEST(ReadTyping, TellsWhatIsTypedFromAllElse) {
  const auto per = Read(Asked({{"limit", "5"}, {"q", "per"}})),
             peru = Read(Asked({{"limit", "5"}, {"q", "peru"}}));
  ASSERT_TRUE(per && peru);
  EXPECT_EQ(per->text, "per");
  EXPECT_EQ(peru->text, "peru");
  EXPECT_EQ(per->typist, peru->typist);
  EXPECT_NE(per->typist, Read(Asked({{"limit", "6"}, {"q", "per"}}))->typist);
}

TEST(ReadTyping, AProgramDoesNotType) {
  http::Request request = Asked({{"q", "per"}});
  request.headers.clear();
  EXPECT_FALSE(Read(request)) << "it may ask for `per` and `peru` at the same moment and want both";
  request.headers["origin"] = "https://example.org";
  EXPECT_TRUE(Read(request));
}

TEST(ReadTyping, KeepsClientsApart) {
  const http::Request request = Asked({{"q", "per"}});
  const std::string typist = Read(request)->typist;
  for (const std::string name : {"authorization", "user-agent", "origin", "accept-language"}) {
    http::Request other = request;
    other.headers[name] = "x";
    EXPECT_NE(Read(other)->typist, typist) << name;
  }
  http::Request elsewhere = request;
  elsewhere.remote_address = "192.0.2.2";
  EXPECT_NE(Read(elsewhere)->typist, typist);
  http::Request other_route = request;
  other_route.path = "/indexes/b/search";
  EXPECT_NE(Read(other_route)->typist, typist);
}

TEST(ReadTyping, ReadsBodies) {
  const auto read = Read(Posted(R"({"q":"per","limit":3})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->text, "per");
  EXPECT_EQ(read->typist, Read(Posted(R"({"limit":3,"q":"peru"})"))->typist);
  EXPECT_NE(read->typist, Read(Posted(R"({"q":"per","limit":4})"))->typist);
}

TEST(ReadTyping, AMultiSearchIsTypedIfAllItsQueriesAre) {
  const auto both = Read(Posted(R"({"queries":[{"indexUid":"a","q":"per"},{"indexUid":"b","q":"per"}]})"));
  ASSERT_TRUE(both);
  EXPECT_EQ(both->text, "per");
  EXPECT_FALSE(Read(Posted(R"({"queries":[{"indexUid":"a","q":"per"},{"indexUid":"b","q":"x"}]})")));
}

class NotTyped : public ::testing::TestWithParam<std::string> {};

TEST_P(NotTyped, IsNoTyping) { EXPECT_FALSE(Read(Posted(GetParam()))); }

INSTANTIATE_TEST_SUITE_P(Bodies, NotTyped,
                         ::testing::Values("", "[]", "{", "{}", R"({"q":1})", R"({"q":""})",
                                           R"({"queries":[]})", R"({"queries":[1]})",
                                           R"({"queries":7,"q":2})",
                                           R"({"q":")" + std::string(300, 'x') + "\"}",
                                           std::string(100'000, '[') + std::string(100'000, ']'),
                                           R"({"x":)" + std::string(100'000, '[') + R"(],"q":"a"})"));

}  // namespace
}  // namespace quipu::searchd
