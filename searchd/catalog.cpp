// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/catalog.h"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "searchd/limits/client_address.h"

namespace quipu::searchd {
namespace {

/// Everything that a SearchIndex reads of its settings; sources are the indexer's business.
auto Searched(const config::Index& index) {
  return std::tie(index.name, index.title, index.languages, index.facets, index.sortable, index.synonyms_file,
                  index.pins_file, index.stopwords_file, index.recency_half_life, index.fields);
}

}  // namespace

Result<std::shared_ptr<const GrantedIndex>> Holdings::Find(std::string_view uid, const Grant& grant) const {
  if (!grant.Opens(uid)) {
    return Error{Code::kInvalidApiKey, fmt::format("This key does not open index `{}`.", uid.substr(0, 128))};
  }
  const auto found = indexes.find(uid);
  if (found != indexes.end()) return std::make_shared<const GrantedIndex>(found->second, grant);
  return Error{Code::kIndexNotFound, fmt::format("Index `{}` not found.", uid.substr(0, 128))};
}

bool Holdings::AllowsOrigin(std::string_view origin) const {
  const auto& everywhere = config.searchd.allow_origins;
  return (keys && keys->ListsOrigin(origin)) ||
         std::any_of(everywhere.begin(), everywhere.end(),
                     [&](const std::string& allowed) { return allowed == "*" || allowed == origin; });
}

bool Holdings::HasOrigins() const {
  return !config.searchd.allow_origins.empty() || (keys && keys->HasOrigins());
}

std::string Holdings::ClientOf(const http::Request& request) const {
  return CountedAs(ClientAddress(request.remote_address, request.Header("x-forwarded-for"), proxies));
}

std::shared_ptr<const Holdings> OpenHoldings(config::Config config, const Holdings* before) {
  auto holdings = std::make_shared<Holdings>();
  const std::size_t cache_bytes = config.searchd.answer_cache_mb << 20U;
  // The answers of an index with other settings are others under the same key.
  bool same = before != nullptr && before->answers->most_bytes() == cache_bytes;
  for (const auto& [name, settings] : config.indexes) {
    if (before != nullptr && before->config.data_dir == config.data_dir) {
      const auto kept = before->indexes.find(name);
      if (kept != before->indexes.end() && !kept->second->WasReplaced() &&
          Searched(kept->second->settings()) == Searched(settings)) {
        holdings->indexes.emplace(name, kept->second);
        continue;
      }
    }
    same = false;
    holdings->indexes.emplace(name, std::make_shared<search::SearchIndex>(settings, config.data_dir / name));
  }
  holdings->answers = same ? before->answers : std::make_shared<AnswerCache>(cache_bytes);
  holdings->brand = ReadBrand(config.searchd);
  if (const auto rate = config::ParseRate(config.searchd.rate_limit)) {
    holdings->address_allowance = {
        *rate, config::BurstOf(*rate, static_cast<std::uint32_t>(config.searchd.rate_burst))};
  }
  holdings->proxies = ReadProxies(config.searchd.trusted_proxies);
  if (!config.searchd.keys_file.empty()) holdings->keys = ReadKeyRing(config.searchd.keys_file).ring;
  holdings->config = std::move(config);
  return holdings;
}

std::shared_ptr<const Holdings> ReopenReplaced(const Holdings& before) {
  auto holdings = std::make_shared<Holdings>(before);
  for (auto& [name, index] : holdings->indexes) {
    if (!index->WasReplaced()) continue;
    index =
        std::make_shared<search::SearchIndex>(before.config.indexes.at(name), before.config.data_dir / name);
  }
  holdings->answers = std::make_shared<AnswerCache>(before.answers->most_bytes());
  return holdings;
}

std::string TitleOf(const config::Index& settings) {
  return settings.title.empty() ? settings.name : settings.title;
}

}  // namespace quipu::searchd
