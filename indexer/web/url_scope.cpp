// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/web/url_scope.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "indexer/source/content_hash.h"

namespace quipu::web {
namespace {

using source::Glob;

// A calendar or a relative link gone wrong makes addresses without end; no site that people made needs these.
constexpr int kMaxParts = 40;
constexpr int kMaxSameParts = 4;
constexpr int kMaxParameters = 16;

/// "example.org", or with the port where it is not a usual one.
std::string Place(const Url& url) {
  const bool usual = url.port() == (url.https() ? 443 : 80);
  return usual ? url.host() : fmt::format("{}:{}", url.host(), url.port());
}

bool IsTrap(const Url& url) {
  std::unordered_map<std::string_view, int> count;
  int parts = 0;
  std::string_view path = url.path();
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view part = path.substr(0, path.find('/'));
    path.remove_prefix(part.size());
    if (part.empty()) continue;
    if (++parts > kMaxParts || ++count[part] > kMaxSameParts) return true;
  }
  return std::count(url.query().begin(), url.query().end(), '&') >= kMaxParameters;
}

std::string_view WithoutScheme(std::string_view pattern) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (pattern.starts_with(scheme)) return pattern.substr(scheme.size());
  }
  return pattern;
}

/// What is matched: with the host or without, never with a '/' at the beginning.
std::string Subject(const Url& url, bool with_host, const std::string& target) {
  return with_host ? Place(url) + target : target.substr(1);
}

Error About(std::string_view pattern, const Error& error) {
  return {Code::kConfig, fmt::format("pattern `{}`: {}", pattern, error.message)};
}

}  // namespace

std::optional<std::string> NormalHost(std::string_view text) {
  if (text.find_first_of("/?#@ ") != std::string_view::npos) return std::nullopt;
  const auto url = Url::Parse("http://" + std::string(text) + "/");
  if (!url) return std::nullopt;
  // A port that is written counts, even port 80.
  const bool has_port = text.ends_with(fmt::format(":{}", url->port())) && !text.ends_with(']');
  return has_port ? fmt::format("{}:{}", url->host(), url->port()) : url->host();
}

Result<UrlScope> UrlScope::Make(const ScopeSettings& settings) {
  UrlScope scope;
  for (const std::string& text : settings.hosts) {
    auto host = NormalHost(text);
    if (!host) return Error{Code::kConfig, fmt::format("`{}` is no host such as \"example.org\"", text)};
    scope.hosts_.push_back(*std::move(host));
    scope.fingerprint_ += scope.hosts_.back() + '\n';
  }
  const auto read = [&scope](const std::vector<std::string>& patterns, std::vector<Pattern>& into) -> Status {
    for (const std::string& pattern : patterns) {
      const std::string_view bare = WithoutScheme(pattern);
      auto glob = Glob::Parse(bare, Glob::Hidden::kMatchesAny);
      if (!glob) return About(pattern, glob.error());
      into.push_back({std::move(glob).value(), bare.size() != pattern.size()});
      scope.fingerprint_ += pattern + '\n';
    }
    scope.fingerprint_ += '\n';
    return Done{};
  };
  if (auto read_all = read(settings.include, scope.include_); !read_all) return read_all.error();
  if (auto read_all = read(settings.exclude, scope.exclude_); !read_all) return read_all.error();
  for (const std::string& name : settings.ignore_parameters) {
    auto glob = Glob::Parse(name, Glob::Hidden::kMatchesAny);
    if (!glob) return About(name, glob.error());
    scope.ignore_parameters_.push_back(std::move(glob).value());
    scope.fingerprint_ += name + '\n';
  }
  const source::Hash hash = source::HashOf(scope.fingerprint_);
  scope.fingerprint_ = fmt::format("{:02x}{:02x}{:02x}{:02x}", hash[0], hash[1], hash[2], hash[3]);
  return scope;
}

void UrlScope::AllowOriginOf(const Url& url) { origins_.push_back(Place(url)); }

bool UrlScope::AllowsHost(const Url& url) const {
  if (every_host_) return true;
  const std::string place = Place(url);
  const std::string with_port = fmt::format("{}:{}", url.host(), url.port());
  return std::find(origins_.begin(), origins_.end(), place) != origins_.end() ||
         std::any_of(hosts_.begin(), hosts_.end(),
                     [&](const std::string& host) { return host == url.host() || host == with_port; });
}

Url UrlScope::Tidy(const Url& url) const {
  if (ignore_parameters_.empty() || url.query().empty()) return url;
  return url.WithoutParameters([this](std::string_view name) {
    return std::any_of(ignore_parameters_.begin(), ignore_parameters_.end(),
                       [name](const Glob& glob) { return glob.Matches(name); });
  });
}

bool UrlScope::Matches(const Pattern& pattern, const Url& url) {
  if (pattern.glob.Matches(Subject(url, pattern.with_host, url.path()))) return true;
  return !url.query().empty() && pattern.glob.Matches(Subject(url, pattern.with_host, url.target()));
}

bool UrlScope::MayMatchBelow(const Pattern& pattern, const Url& url) {
  std::string folder = Subject(url, pattern.with_host, url.path());
  folder.resize(folder.find_last_of('/') == std::string::npos ? 0 : folder.find_last_of('/'));
  return pattern.glob.CanMatchBelow(folder);
}

UrlScope::Verdict UrlScope::Judge(const Url& url) const {
  if (!AllowsHost(url)) return Verdict::kOtherHost;
  const auto matches = [&](const Pattern& pattern) { return Matches(pattern, url); };
  if (std::any_of(exclude_.begin(), exclude_.end(), matches)) return Verdict::kNotWanted;
  if (IsTrap(url)) return Verdict::kTrap;
  if (std::any_of(include_.begin(), include_.end(), matches)) return Verdict::kDocument;
  const bool leads_on = std::any_of(include_.begin(), include_.end(),
                                    [&](const Pattern& one) { return MayMatchBelow(one, url); });
  return leads_on ? Verdict::kLinksOnly : Verdict::kNotWanted;
}

}  // namespace quipu::web
