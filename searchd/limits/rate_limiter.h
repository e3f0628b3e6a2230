// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

#include "core/config/rate.h"

namespace quipu::searchd {

/// So many requests in a while, and so many of them at once.
struct Allowance {
  config::Rate rate;
  std::uint32_t burst = 1;
};

/// A token bucket for each name (a key, an address), in a table that never grows: a flood of new addresses
/// pushes out the buckets that have most in them, which would have let their owners through anyway. Where a
/// name stands nobody can foresee. Thread-safe; a call takes well under a microsecond.
class RateLimiter {
 public:
  /// At least `buckets` of them, of 16 bytes each.
  explicit RateLimiter(std::size_t buckets = 1 << 17);

  /// Takes a token of `name` at the time `now_ns` of a clock that never goes back. 0 if there was one, else
  /// the nanoseconds until there will be one again.
  std::int64_t Take(std::string_view name, const Allowance& allowance, std::int64_t now_ns);

 private:
  // A bucket is told by when it will be full again: one number in place of a level and a time.
  struct Bucket {
    std::uint64_t name_hash = 0;
    std::int64_t full_at_ns = 0;
  };
  static constexpr std::size_t kWays = 8;  // places where a name may stand
  static constexpr std::size_t kLocks = 64;

  std::uint64_t HashOf(std::string_view name) const;

  const std::uint64_t seed_;
  std::size_t sets_;
  std::vector<std::array<Bucket, kWays>> table_;
  std::array<std::mutex, kLocks> locks_;
};

}  // namespace quipu::searchd
