// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/web_source.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "quipu/version.h"

namespace quipu::source {
namespace {

constexpr std::chrono::milliseconds kIdleTimeout{15000};

}  // namespace

WebSource::WebSource(Parts parts) : parts_(std::move(parts)), spool_(parts_.spool_folder), pages_(spool_) {}

Reading WebSource::Read(const Found& found, const std::optional<index::FileStamp>& /*known*/,
                        const ExtractFunction& /*extract*/) {
  return pages_.Read(found);
}

std::optional<Hash> WebSource::ContentHash(const Found& found) {
  return IsKnown(found.stamp.hash) ? std::optional(found.stamp.hash) : std::nullopt;
}

web::Politeness WebSource::PolitenessOf() const {
  return {.delay = std::chrono::milliseconds(parts_.settings.delay_ms),
          .product = web::ProductToken(UserAgentOf(parts_.settings))};
}

Result<web::UrlScope> ScopeOf(const config::Source& settings) {
  return web::UrlScope::Make({.hosts = settings.allow_hosts,
                              .include = settings.include,
                              .exclude = settings.exclude,
                              .ignore_parameters = settings.ignore_parameters});
}

std::shared_ptr<web::HttpClient> ClientOf(const config::Source& settings,
                                          const std::filesystem::path& folder) {
  const std::chrono::milliseconds timeout(settings.timeout_ms);
  return web::MakeHttpClient({.user_agent = UserAgentOf(settings),
                              .ca_file = settings.ca_file,
                              .timeout = timeout,
                              .idle_timeout = std::min(timeout, kIdleTimeout),
                              .temporary_folder = folder});
}

std::string UserAgentOf(const config::Source& settings) {
  if (!settings.user_agent.empty()) return settings.user_agent;
  return std::string("quipu-indexer/") + kVersion;
}

}  // namespace quipu::source
