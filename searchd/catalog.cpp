// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/catalog.h"

#include <fmt/format.h>

#include <tuple>

namespace quipu::searchd {
namespace {

/// Everything that a SearchIndex reads of its settings; sources are the indexer's business.
auto Searched(const config::Index& index) {
  return std::tie(index.name, index.title, index.languages, index.facets, index.sortable, index.synonyms_file,
                  index.pins_file, index.stopwords_file, index.recency_half_life, index.fields);
}

}  // namespace

Result<std::shared_ptr<search::SearchIndex>> Holdings::Find(std::string_view uid) const {
  const auto found = indexes.find(uid);
  if (found != indexes.end()) return found->second;
  return Error{Code::kIndexNotFound, fmt::format("Index `{}` not found.", uid.substr(0, 128))};
}

std::shared_ptr<const Holdings> OpenHoldings(config::Config config, const Holdings* before) {
  auto holdings = std::make_shared<Holdings>();
  const std::size_t cache_bytes = config.searchd.answer_cache_mb << 20U;
  // The answers of an index with other settings are others under the same key.
  bool same = before != nullptr && before->answers->most_bytes() == cache_bytes;
  for (const auto& [name, settings] : config.indexes) {
    if (before != nullptr && before->config.data_dir == config.data_dir) {
      const auto kept = before->indexes.find(name);
      if (kept != before->indexes.end() && Searched(kept->second->settings()) == Searched(settings)) {
        holdings->indexes.emplace(name, kept->second);
        continue;
      }
    }
    same = false;
    holdings->indexes.emplace(name, std::make_shared<search::SearchIndex>(settings, config.data_dir / name));
  }
  holdings->answers = same ? before->answers : std::make_shared<AnswerCache>(cache_bytes);
  holdings->brand = ReadBrand(config.searchd);
  holdings->config = std::move(config);
  return holdings;
}

std::string TitleOf(const config::Index& settings) {
  return settings.title.empty() ? settings.name : settings.title;
}

}  // namespace quipu::searchd
