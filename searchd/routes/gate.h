// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "searchd/limits/rate_limiter.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {

/// Decides at once, before a request waits for anything, whether it is answered: who sends it, whether that
/// one may, and whether it comes too often. Thread-safe.
class Gate {
 public:
  explicit Gate(const Catalog& catalog) : catalog_(catalog) {}

  /// The refusal of a request to `endpoint` (401, 403, 429), or nothing; then the request's grant is noted.
  std::optional<http::Response> Admit(const Endpoint& endpoint, http::Request& request);

 private:
  std::int64_t Wait(const Holdings& holdings, const http::Request& request, const ServedKey* key);

  const Catalog& catalog_;
  RateLimiter limiter_;
};

}  // namespace quipu::searchd
