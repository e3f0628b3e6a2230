// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "indexer/source/glob.h"
#include "indexer/web/url.h"

namespace quipu::web {

struct ScopeSettings {
  std::vector<std::string> hosts;  // "example.org" (any port), "example.org:8080"
  std::vector<std::string> include = {"**"};
  std::vector<std::string> exclude;
  std::vector<std::string> ignore_parameters;  // globs of names: "utm_*"
};

/// Which URLs a source may ask for, and which of them become documents.
///
/// A pattern is matched against the path without its first '/', with and without the query; one that begins
/// with http:// or https:// against host, port and path ("https://example.org/docs/**" says nothing of the
/// scheme).
class UrlScope {
 public:
  /// The error names the pattern or host that is wrong.
  static Result<UrlScope> Make(const ScopeSettings& settings);

  /// Hosts may be asked if one of these was told: the same host and port (http and https on their usual ports
  /// are one), or one of `hosts`.
  void AllowOriginOf(const Url& url);
  void AllowEveryHost() { every_host_ = true; }
  bool AllowsHost(const Url& url) const;

  /// `url` without the parameters that say nothing about the page.
  Url Tidy(const Url& url) const;

  enum class Verdict {
    kDocument,   // may be asked for, and becomes a document
    kLinksOnly,  // include does not want it, but may want something that it leads to
    kNotWanted,  // include or exclude keep it out
    kOtherHost,
    kTrap,  // looks like one of endlessly many: too deep, the same part over and over
  };
  Verdict Judge(const Url& url) const;

  /// Changes when something is let in that was kept out before, or the other way round.
  const std::string& fingerprint() const { return fingerprint_; }

 private:
  struct Pattern {
    source::Glob glob;
    bool with_host = false;
  };
  static bool Matches(const Pattern& pattern, const Url& url);
  static bool MayMatchBelow(const Pattern& pattern, const Url& url);

  std::vector<std::string> hosts_;
  std::vector<std::string> origins_;  // "example.org:8080"; the usual ports: "example.org"
  bool every_host_ = false;
  std::vector<Pattern> include_;
  std::vector<Pattern> exclude_;
  std::vector<source::Glob> ignore_parameters_;
  std::string fingerprint_;
};

/// The host of `text` ("example.org", "[::1]:8080", not a URL) as hosts are compared; nothing if it is none.
std::optional<std::string> NormalHost(std::string_view text);

}  // namespace quipu::web
