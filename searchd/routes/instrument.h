// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <atomic>
#include <cstdint>

#include "core/base/log.h"
#include "searchd/http/hooks.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/gate.h"

namespace quipu::searchd {

/// What every answer passes through on its way out: headers of security, of caches and for other sites'
/// pages, one count, one line of log. The log has no query and no address unless the configuration's
/// `log_queries` says so.
class Instrument {
 public:
  Instrument(const Catalog& catalog, Metrics& metrics, Log& log)
      : catalog_(catalog), metrics_(metrics), log_(log) {}

  /// The routes of `endpoints` with their answers completed, and an OPTIONS for each path. Counts them from
  /// now on: call once, before serving begins.
  /// `gate` admits requests first and outlives the routes; null: everybody is admitted.
  std::vector<http::Route> Wrap(std::span<const Endpoint> endpoints, Gate* gate);
  /// Renders what the server itself refuses; `origin` is the request's header.
  http::Response Refuse(int status, const Error& error, std::string_view origin) const;
  /// Counts and logs; for every server.
  http::Hooks MakeHooks();
  /// Logs how many searches were refused for overload since the last time, if any were. From one thread.
  void TellRefusals();

 private:
  http::Handler Completed(const Endpoint& endpoint);
  http::Admission Admitted(const Endpoint& endpoint, Gate& gate) const;
  static void Complete(http::Response& response, const http::Request& request, const Holdings& holdings);
  http::Route OptionsRoute(const std::string& pattern, const std::string& allow) const;
  void LogQuestion(const http::Request& request) const;
  void LogAnswer(const http::AccessRecord& record) const;

  const Catalog& catalog_;
  Metrics& metrics_;
  Log& log_;
  // A line for each would be work that a flood makes.
  std::atomic<std::uint64_t> refused_ = 0;
};

}  // namespace quipu::searchd
