// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/limits/rate_limiter.h"

#include <xxhash.h>

#include <algorithm>
#include <random>

namespace quipu::searchd {
namespace {

constexpr std::int64_t kNsPerSecond = 1'000'000'000;

std::uint64_t RandomSeed() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

}  // namespace

RateLimiter::RateLimiter(std::size_t buckets)
    : seed_(RandomSeed()), sets_(std::max<std::size_t>(1, (buckets + kWays - 1) / kWays)), table_(sets_) {}

std::uint64_t RateLimiter::HashOf(std::string_view name) const {
  return XXH3_64bits_withSeed(name.data(), name.size(), seed_);
}

std::int64_t RateLimiter::Take(std::string_view name, const Allowance& allowance, std::int64_t now_ns) {
  if (!allowance.rate.limits()) return 0;
  const std::int64_t token_ns = allowance.rate.seconds * kNsPerSecond / allowance.rate.count;
  const std::int64_t depth_ns = token_ns * std::max<std::int64_t>(1, allowance.burst);
  const std::uint64_t hash = HashOf(name);
  const std::size_t set = hash % sets_;
  const std::lock_guard lock(locks_[set % kLocks]);
  auto& ways = table_[set];
  auto bucket =
      std::find_if(ways.begin(), ways.end(), [&](const Bucket& way) { return way.name_hash == hash; });
  if (bucket == ways.end()) {
    // The fullest one knows least.
    bucket = std::min_element(ways.begin(), ways.end(),
                              [](const Bucket& a, const Bucket& b) { return a.full_at_ns < b.full_at_ns; });
    *bucket = {.name_hash = hash, .full_at_ns = now_ns};
  }
  // No bucket is emptier than empty: a rate that was raised meanwhile must not count what the old one took.
  bucket->full_at_ns = std::clamp(bucket->full_at_ns, now_ns, now_ns + depth_ns);
  const std::int64_t wait_ns = bucket->full_at_ns + token_ns - now_ns - depth_ns;
  if (wait_ns > 0) return wait_ns;
  bucket->full_at_ns += token_ns;
  return 0;
}

}  // namespace quipu::searchd
