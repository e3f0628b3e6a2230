// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/keys/key_ring.h"

#include <algorithm>
#include <string>
#include <utility>

#include "core/query/filter_parser.h"
#include "searchd/keys/key_hash.h"

namespace quipu::searchd {
namespace {

// What an error of a filter calls it: the sender of a key wrote none.
constexpr std::string_view kFilterName = "the key's filter";

bool Lists(const std::vector<std::string>& origins, std::string_view origin) {
  return std::any_of(origins.begin(), origins.end(),
                     [&](const std::string& listed) { return listed == "*" || listed == origin; });
}

Status CheckFilter(const std::string& filter) {
  const auto read = query::ParseFilter(filter, std::string(kFilterName));
  return read ? Status(Done{}) : Status(read.error());
}

Result<Grant> GrantOfKey(const config::KeyRule& rule) {
  Grant grant;
  grant.indexes = {rule.indexes.begin(), rule.indexes.end()};
  grant.opens_all = grant.indexes.contains("*");
  grant.filter_text = rule.filter;
  auto filter = query::ParseFilter(rule.filter, std::string(kFilterName));
  if (!filter) return filter.error();
  grant.filter = std::move(filter).value();
  grant.filter.fixed = true;
  return grant;
}

}  // namespace

bool ServedKey::Suits(std::string_view origin) const {
  return origin.empty() || rule.origins.empty() || Lists(rule.origins, origin);
}

const ServedKey* KeyRing::Find(std::string_view key) const {
  const config::KeyHash hash = HashOfKey(key);
  const ServedKey* found = nullptr;
  for (const ServedKey& known : keys_) {
    if (IsSameHash(known.rule.hash, hash)) found = &known;
  }
  return found;
}

const ServedKey* KeyRing::FindById(std::string_view id) const {
  const auto found =
      std::find_if(keys_.begin(), keys_.end(), [&](const ServedKey& key) { return key.rule.id == id; });
  return found == keys_.end() ? nullptr : &*found;
}

bool KeyRing::ListsOrigin(std::string_view origin) const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [&](const ServedKey& key) { return Lists(key.rule.origins, origin); });
}

bool KeyRing::HasOrigins() const {
  return std::any_of(keys_.begin(), keys_.end(),
                     [](const ServedKey& key) { return !key.rule.origins.empty(); });
}

ReadKeys MakeKeyRing(config::RuleFile<config::KeyRule> file) {
  ReadKeys read;
  read.faults = std::move(file.faults);
  std::vector<ServedKey> keys;
  for (config::KeyRule& rule : file.rules) {
    Result<Grant> grant = GrantOfKey(rule);
    if (!grant) {
      read.faults.push_back({.line = rule.line, .column = 1, .message = grant.error().message});
      continue;
    }
    auto shared = std::make_shared<const Grant>(std::move(grant).value());
    keys.push_back({.rule = std::move(rule), .grant = std::move(shared)});
  }
  if (!read.faults.empty()) keys.clear();
  read.ring = std::make_shared<const KeyRing>(std::move(keys));
  return read;
}

ReadKeys ReadKeyRing(const std::filesystem::path& file) {
  return MakeKeyRing(config::LoadKeys(file, CheckFilter));
}

}  // namespace quipu::searchd
