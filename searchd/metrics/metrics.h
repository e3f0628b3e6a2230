// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

namespace quipu::searchd {

/// Counts of requests by route and status and the times they took, as Prometheus reads them. Routes are
/// added before serving begins; Observe() may then be called from any thread and takes no lock.
class Metrics {
 public:
  Metrics();

  void AddRoute(std::string_view method, std::string_view pattern);
  /// HEAD counts as GET; what matches no added route counts as the route "none".
  void Observe(std::string_view method, std::string_view pattern, int status, std::int64_t microseconds);

  /// The text format, version 0.0.4, of what this object counts.
  std::string Render() const;

  /// Appends the two comment lines that introduce a metric.
  static void Introduce(std::string& out, std::string_view name, std::string_view type,
                        std::string_view help);

 private:
  // Upper bounds in seconds; a search takes about a millisecond, its deadline is a second.
  static constexpr std::array kBounds = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025,
                                         0.05,   0.1,   0.25,   0.5,   1.0,  2.5};
  static constexpr int kFirstStatus = 100;
  static constexpr int kLastStatus = 599;

  struct Counts {
    std::string method, pattern;
    std::array<std::atomic<std::uint64_t>, kLastStatus - kFirstStatus + 1> by_status{};
    std::array<std::atomic<std::uint64_t>, kBounds.size() + 1> by_time{};
    std::atomic<std::uint64_t> microseconds = 0;
  };

  std::deque<Counts> routes_;  // a deque never moves what is in it
};

}  // namespace quipu::searchd
