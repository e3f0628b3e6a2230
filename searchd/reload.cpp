// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/reload.h"

#include <fmt/format.h>

#include <tuple>

namespace quipu::searchd {
namespace {

void CompareIndexes(const config::Config& before, const config::Config& after,
                    std::vector<std::string>& applied) {
  for (const auto& [name, index] : after.indexes) {
    const auto old = before.indexes.find(name);
    if (old == before.indexes.end()) {
      applied.push_back(fmt::format("index `{}` added", name));
    } else if (old->second.title != index.title) {
      applied.push_back(fmt::format("title of index `{}` changed", name));
    }
  }
  for (const auto& [name, index] : before.indexes) {
    if (!after.indexes.contains(name)) applied.push_back(fmt::format("index `{}` removed", name));
  }
}

}  // namespace

void CompareKeys(const KeyRing* before, const KeyRing* after, std::vector<std::string>& applied) {
  if (before != nullptr && after == nullptr) applied.emplace_back("keys are no longer asked for");
  if (before == nullptr && after != nullptr) applied.emplace_back("keys are asked for from now on");
  static const KeyRing kNone({});
  const KeyRing& was = before == nullptr ? kNone : *before;
  const KeyRing& is = after == nullptr ? kNone : *after;
  for (const ServedKey& key : is.keys()) {
    const ServedKey* const old = was.FindById(key.rule.id);
    if (old == nullptr) {
      applied.push_back(fmt::format("key `{}` added", key.rule.id));
    } else if (!(old->rule == key.rule)) {
      applied.push_back(fmt::format("key `{}` changed", key.rule.id));
    }
  }
  for (const ServedKey& key : was.keys()) {
    if (is.FindById(key.rule.id) == nullptr) applied.push_back(fmt::format("key `{}` removed", key.rule.id));
  }
}

ConfigChange Compare(const config::Config& before, const config::Config& after) {
  ConfigChange change;
  CompareIndexes(before, after, change.applied);
  const config::Searchd& was = before.searchd;
  const config::Searchd& is = after.searchd;
  if (before.data_dir != after.data_dir) change.applied.emplace_back("`data_dir` changed");
  if (was.query_deadline_ms != is.query_deadline_ms)
    change.applied.emplace_back("`query_deadline_ms` changed");
  if (was.answer_cache_mb != is.answer_cache_mb) change.applied.emplace_back("`answer_cache_mb` changed");
  if (was.log_queries != is.log_queries) change.applied.emplace_back("`log_queries` changed");
  if (was.count_queries != is.count_queries) change.applied.emplace_back("`count_queries` changed");
  if (was.slow_query_ms != is.slow_query_ms) change.applied.emplace_back("`slow_query_ms` changed");
  if (was.shutdown_grace_ms != is.shutdown_grace_ms)
    change.applied.emplace_back("`shutdown_grace_ms` changed");
  if (was.allow_origins != is.allow_origins) change.applied.emplace_back("`allow_origins` changed");
  if (was.page_key != is.page_key) change.applied.emplace_back("`page_key` changed");
  if (std::tie(was.rate_limit, was.rate_burst) != std::tie(is.rate_limit, is.rate_burst))
    change.applied.emplace_back("`rate_limit` changed");
  if (was.trusted_proxies != is.trusted_proxies) change.applied.emplace_back("`trusted_proxies` changed");
  const auto look = [](const config::Searchd& searchd) {
    return std::tie(searchd.page_title, searchd.page_home, searchd.page_accent, searchd.page_accent_dark,
                    searchd.page_language, searchd.page_logo, searchd.page_header_file,
                    searchd.page_footer_file);
  };
  if (look(was) != look(is)) change.applied.emplace_back("the look of the pages changed");
  const auto restart = [&](std::string_view key, bool changed) {
    if (changed) change.needs_restart.emplace_back(key);
  };
  restart("listen", was.listen != is.listen);
  restart("tls_certificate", was.tls_certificate.empty() != is.tls_certificate.empty());
  restart("admin_listen", was.admin_listen != is.admin_listen);
  restart("open_access", was.open_access != is.open_access);
  restart("threads", was.threads != is.threads);
  restart("max_connections", was.max_connections != is.max_connections);
  restart("header_timeout_ms", was.header_timeout_ms != is.header_timeout_ms);
  restart("idle_timeout_ms", was.idle_timeout_ms != is.idle_timeout_ms);
  restart("write_timeout_ms", was.write_timeout_ms != is.write_timeout_ms);
  return change;
}

}  // namespace quipu::searchd
