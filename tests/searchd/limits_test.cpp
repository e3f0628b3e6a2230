// SPDX-License-Identifier: GPL-2.0-or-later
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "searchd/limits/client_address.h"
#include "searchd/limits/rate_limiter.h"

namespace quipu::searchd {
namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr Allowance kTenASecond = {.rate = {.count = 10, .seconds = 1}, .burst = 5};

TEST(RateLimiter, LetsABurstThroughAndThenTheRate) {
  RateLimiter limiter;
  std::int64_t now = 100 * kSecond;
  for (int i = 0; i < 5; ++i) EXPECT_EQ(limiter.Take("a", kTenASecond, now), 0);
  EXPECT_EQ(limiter.Take("a", kTenASecond, now), kSecond / 10);
  EXPECT_EQ(limiter.Take("b", kTenASecond, now), 0) << "each has a bucket of its own";
  int taken = 0;
  for (int i = 0; i < 1000; ++i, now += kSecond / 100)
    taken += limiter.Take("a", kTenASecond, now) == 0 ? 1 : 0;
  EXPECT_NEAR(taken, 100, 1) << "in ten seconds";
}

TEST(RateLimiter, IsFullAgainAfterAPauseAndNoFuller) {
  RateLimiter limiter;
  for (int i = 0; i < 9; ++i) limiter.Take("a", kTenASecond, kSecond);
  int taken = 0;
  for (int i = 0; i < 100; ++i) taken += limiter.Take("a", kTenASecond, 1000 * kSecond) == 0 ? 1 : 0;
  EXPECT_EQ(taken, 5);
}

TEST(RateLimiter, WithoutARateLetsEverythingThrough) {
  RateLimiter limiter;
  for (int i = 0; i < 100; ++i) EXPECT_EQ(limiter.Take("a", {}, 0), 0);
}

TEST(RateLimiter, FollowsARateThatWasRaisedOrLowered) {
  RateLimiter limiter;
  const Allowance slow = {.rate = {.count = 1, .seconds = 3600}, .burst = 10};
  for (int i = 0; i < 10; ++i) EXPECT_EQ(limiter.Take("a", slow, kSecond), 0);
  EXPECT_GT(limiter.Take("a", slow, kSecond), 0);
  EXPECT_LE(limiter.Take("a", kTenASecond, kSecond), kSecond / 10) << "no hours of the old rate are told";
  EXPECT_EQ(limiter.Take("a", kTenASecond, kSecond + kSecond / 10), 0);
}

// A flood of addresses neither grows the table nor lets one that asks too often through.
TEST(RateLimiter, AFloodOfNamesEmptiesNobodysBucketButFullOnes) {
  RateLimiter limiter(1 << 12);
  const Allowance one = {.rate = {.count = 1, .seconds = 60}, .burst = 10};
  std::int64_t now = kSecond;
  for (int i = 0; i < 10; ++i) limiter.Take("greedy", one, now);
  int let_through = 0;
  for (int i = 0; i < 200'000; ++i, now += 1000) {
    limiter.Take("flood" + std::to_string(i), one, now);
    if (i % 100 == 0) let_through += limiter.Take("greedy", one, now) == 0 ? 1 : 0;
  }
  EXPECT_EQ(let_through, 0);
}

TEST(RateLimiter, ManyThreadsTakeNoMoreThanThereIs) {
  RateLimiter limiter;
  std::atomic<int> taken = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i)
        taken += limiter.Take("a", {.rate = {1, 3600}, .burst = 50}, 5) == 0 ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken, 50);
}

struct Forwarded {
  std::string name, peer, header, client;
};
class Client : public ::testing::TestWithParam<Forwarded> {};

TEST_P(Client, IsTheLastHopThatIsNoProxyOfOurs) {
  const auto proxies = ReadProxies({"127.0.0.1", "10.0.0.0/8", "2001:db8::/32", "unix"});
  ASSERT_EQ(proxies.size(), 4U);
  EXPECT_EQ(ClientAddress(GetParam().peer, GetParam().header, proxies), GetParam().client);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Client,
    ::testing::Values(Forwarded{"Direct", "203.0.113.7", "", "203.0.113.7"},
                      Forwarded{"Forged", "203.0.113.7", "198.51.100.1", "203.0.113.7"},
                      Forwarded{"Proxied", "127.0.0.1", "203.0.113.7", "203.0.113.7"},
                      Forwarded{"ForgedBehindProxy", "127.0.0.1", "1.2.3.4, 203.0.113.7", "203.0.113.7"},
                      Forwarded{"TwoProxies", "127.0.0.1", "1.2.3.4,203.0.113.7 , 10.1.2.3", "203.0.113.7"},
                      Forwarded{"Unix", "unix", "203.0.113.7", "203.0.113.7"},
                      Forwarded{"V6", "2001:db8::1", "2001:470::5", "2001:470::5"},
                      Forwarded{"V6Port", "127.0.0.1", "[2001:470::5]:4711", "2001:470::5"},
                      Forwarded{"V4Port", "127.0.0.1", "203.0.113.7:4711", "203.0.113.7"},
                      Forwarded{"OnlyProxies", "127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1"},
                      Forwarded{"Nonsense", "127.0.0.1", "1.2.3.4, unknown", "127.0.0.1"},
                      Forwarded{"NonsenseBehind", "127.0.0.1", "unknown, 10.0.0.2", "10.0.0.2"},
                      Forwarded{"Empty", "127.0.0.1", ",,", "127.0.0.1"}),
    [](const auto& tested) { return tested.param.name; });

TEST(CountedAs, IsTheSubscriber) {
  EXPECT_EQ(CountedAs("2001:db8:1:2::1"), CountedAs("2001:db8:1:2:ffff:ffff:ffff:ffff"));
  EXPECT_NE(CountedAs("2001:db8:1:2::1"), CountedAs("2001:db8:1:3::1"));
  EXPECT_NE(CountedAs("192.0.2.1"), CountedAs("192.0.2.2"));
  EXPECT_EQ(CountedAs("192.0.2.1"), CountedAs("::ffff:192.0.2.1"));
  EXPECT_EQ(CountedAs("unix"), "unix");
}

}  // namespace
}  // namespace quipu::searchd
