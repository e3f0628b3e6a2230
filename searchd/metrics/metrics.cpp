// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/metrics/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace quipu::searchd {

Metrics::Metrics() { AddRoute("", "none"); }

void Metrics::AddRoute(std::string_view method, std::string_view pattern) {
  for (const Counts& known : routes_) {
    if (known.method == method && known.pattern == pattern) return;  // a second server has it too
  }
  Counts& counts = routes_.emplace_back();
  counts.method = method;
  counts.pattern = pattern;
}

void Metrics::Observe(std::string_view method, std::string_view pattern, int status,
                      std::int64_t microseconds) {
  if (method == "HEAD") method = "GET";
  const auto found = std::find_if(routes_.begin(), routes_.end(), [&](const Counts& counts) {
    return counts.pattern == pattern && counts.method == method;
  });
  Counts& counts = found == routes_.end() ? routes_.front() : *found;
  const int shown = std::clamp(status, kFirstStatus, kLastStatus);
  counts.by_status[static_cast<std::size_t>(shown - kFirstStatus)].fetch_add(1, std::memory_order_relaxed);
  const double seconds = static_cast<double>(microseconds) / 1e6;
  const auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), seconds) - kBounds.begin();
  counts.by_time[static_cast<std::size_t>(bound)].fetch_add(1, std::memory_order_relaxed);
  counts.microseconds.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(0, microseconds)),
                                std::memory_order_relaxed);
}

void Metrics::Introduce(std::string& out, std::string_view name, std::string_view type,
                        std::string_view help) {
  fmt::format_to(std::back_inserter(out), "# HELP {0} {2}\n# TYPE {0} {1}\n", name, type, help);
}

std::string Metrics::Render() const {
  std::string out;
  const auto end = std::back_inserter(out);
  const auto labels = [](const Counts& counts) {
    return fmt::format("method=\"{}\",route=\"{}\"", counts.method, counts.pattern);
  };
  Introduce(out, "quipu_http_requests_total", "counter", "Requests answered, by route and status.");
  for (const Counts& counts : routes_) {
    for (std::size_t i = 0; i < counts.by_status.size(); ++i) {
      const std::uint64_t count = counts.by_status[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      fmt::format_to(end, "quipu_http_requests_total{{{},status=\"{}\"}} {}\n", labels(counts),
                     i + kFirstStatus, count);
    }
  }
  Introduce(out, "quipu_http_request_duration_seconds", "histogram",
            "Time from a request's end to its answer.");
  for (const Counts& counts : routes_) {
    std::uint64_t sum = 0;
    for (const auto& bucket : counts.by_time) sum += bucket.load(std::memory_order_relaxed);
    if (sum == 0) continue;
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
      below += counts.by_time[i].load(std::memory_order_relaxed);
      fmt::format_to(end, "quipu_http_request_duration_seconds_bucket{{{},le=\"{}\"}} {}\n", labels(counts),
                     kBounds[i], below);
    }
    fmt::format_to(end, "quipu_http_request_duration_seconds_bucket{{{},le=\"+Inf\"}} {}\n", labels(counts),
                   sum);
    fmt::format_to(end, "quipu_http_request_duration_seconds_sum{{{}}} {:.6f}\n", labels(counts),
                   static_cast<double>(counts.microseconds.load(std::memory_order_relaxed)) / 1e6);
    fmt::format_to(end, "quipu_http_request_duration_seconds_count{{{}}} {}\n", labels(counts), sum);
  }
  return out;
}

}  // namespace quipu::searchd
