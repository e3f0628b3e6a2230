// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace quipu::web {

/// What a site's robots.txt tells one robot (RFC 9309).
class Robots {
 public:
  /// More than this is not read; the RFC asks for at least 500 KiB.
  static constexpr std::size_t kMaxBytes = std::size_t{512} << 10;

  /// Everything is allowed, as for a site without robots.txt.
  Robots() = default;
  /// Nothing is, as for a site whose robots.txt cannot be had.
  static Robots ForbidAll();

  /// The groups of `text` that name `product` (in any case), all of them together; else those of `*`.
  static Robots Parse(std::string_view text, std::string_view product);

  /// Whether `target` (path and query, as Url::target) may be asked for: the longest rule that matches
  /// decides, and of two equally long ones the one that allows. /robots.txt always may.
  bool Allows(std::string_view target) const;

  /// Seconds that the site asks for between requests, in ms; nothing if it does not.
  std::optional<std::int64_t> crawl_delay_ms() const { return crawl_delay_ms_; }
  /// The URLs of its `Sitemap:` lines, as written.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;  // with its wildcards
    bool allow = false;
  };
  friend class RobotsReader;

  std::vector<Rule> rules_;
  std::optional<std::int64_t> crawl_delay_ms_;
  std::vector<std::string> sitemaps_;
};

/// The name that robots.txt knows a `User-Agent` by: its letters, '-' and '_' before anything else.
std::string ProductToken(std::string_view user_agent);

}  // namespace quipu::web
