// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"

namespace quipu::config {

/// So many requests in so many seconds; a default one is no limit.
struct Rate {
  std::uint32_t count = 0;
  std::uint32_t seconds = 1;

  bool limits() const { return count > 0; }
  bool operator==(const Rate&) const = default;
};

/// Reads "10/s", "600/m" (a minute) or "1000/h" (an hour); 1 to 1,000,000 requests.
Result<Rate> ParseRate(std::string_view text);

/// How many requests may come at once: `wanted`, or if that is 0 what `rate` gives in two seconds, 10 at
/// least.
std::uint32_t BurstOf(const Rate& rate, std::uint32_t wanted);

}  // namespace quipu::config
