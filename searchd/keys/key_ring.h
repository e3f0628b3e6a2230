// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "core/config/keys_file.h"
#include "searchd/keys/grant.h"

namespace quipu::searchd {

/// A key that is served.
struct ServedKey {
  config::KeyRule rule;
  std::shared_ptr<const Grant> grant;

  bool HasExpired(std::int64_t now_s) const { return rule.expires && now_s >= *rule.expires; }
  /// Whether a page of `origin` may use it; whoever sends no Origin is no page.
  bool Suits(std::string_view origin) const;
};

/// The keys of one reading of the keys file. Immutable, shared by threads.
class KeyRing {
 public:
  explicit KeyRing(std::vector<ServedKey> keys) : keys_(std::move(keys)) {}

  /// The key whose hash is that of `key`, or null. Compares with all of them, so the time says nothing.
  const ServedKey* Find(std::string_view key) const;
  const ServedKey* FindById(std::string_view id) const;

  /// Whether a page of `origin` may use any of the keys, and so may read answers.
  bool ListsOrigin(std::string_view origin) const;
  bool HasOrigins() const;

  const std::vector<ServedKey>& keys() const { return keys_; }

 private:
  std::vector<ServedKey> keys_;
};

/// The keys of a file with every fault in it, those of filters included; with a fault there is no key, which
/// opens nothing.
struct ReadKeys {
  std::shared_ptr<const KeyRing> ring;
  std::vector<config::Fault> faults;
};
ReadKeys ReadKeyRing(const std::filesystem::path& file);

/// The same from what was parsed.
ReadKeys MakeKeyRing(config::RuleFile<config::KeyRule> file);

}  // namespace quipu::searchd
