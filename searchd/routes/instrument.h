// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/base/log.h"
#include "searchd/http/hooks.h"
#include "searchd/routes/endpoint.h"

namespace quipu::searchd {

/// What every answer passes through on its way out: headers of security and for other sites' pages, one
/// count, one line of log. The log
/// has no query and no address unless the configuration's `log_queries` says so.
class Instrument {
 public:
  Instrument(const Catalog& catalog, Metrics& metrics, Log& log)
      : catalog_(catalog), metrics_(metrics), log_(log) {}

  /// The routes of `endpoints` with their answers completed, and an OPTIONS for each path. Counts them from
  /// now on: call once, before serving begins.
  std::vector<http::Route> Wrap(std::span<const Endpoint> endpoints);
  /// Renders what the server itself refuses.
  static http::Response Refuse(int status, const Error& error);
  /// Counts and logs; for every server.
  http::Hooks MakeHooks();

 private:
  http::Route OptionsRoute(const std::string& pattern, const std::string& allow) const;
  void LogQuestion(const http::Request& request) const;
  void LogAnswer(const http::AccessRecord& record) const;

  const Catalog& catalog_;
  Metrics& metrics_;
  Log& log_;
};

}  // namespace quipu::searchd
