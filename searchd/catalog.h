// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/config/network.h"
#include "core/search/search_index.h"
#include "searchd/answer_cache.h"
#include "searchd/http/message.h"
#include "searchd/keys/granted_index.h"
#include "searchd/keys/key_ring.h"
#include "searchd/limits/rate_limiter.h"
#include "searchd/pages/brand.h"

namespace quipu::searchd {

/// What is served: a configuration and its indexes by name. Never changed once it is in a Catalog.
struct Holdings {
  config::Config config;
  std::map<std::string, std::shared_ptr<search::SearchIndex>, std::less<>> indexes;
  Brand brand;
  std::shared_ptr<const KeyRing> keys;  // null: no keys are asked for
  Allowance address_allowance;          // of each client address
  std::vector<config::Network> proxies;
  std::shared_ptr<AnswerCache> answers;  // of these indexes; never null

  /// The index as `grant`, which must outlive the answer, lets it be seen. kIndexNotFound if it is not
  /// configured; kInvalidApiKey if the grant does not open it, configured or not.
  Result<std::shared_ptr<const GrantedIndex>> Find(std::string_view uid, const Grant& grant) const;

  /// Whether pages of `origin` may read answers: `searchd.allow_origins`, and those of the keys.
  bool AllowsOrigin(std::string_view origin) const;
  /// Whether any page of another site may.
  bool HasOrigins() const;

  /// Under which name what the sender of `request` does is counted; see CountedAs().
  std::string ClientOf(const http::Request& request) const;
};

/// Opens the indexes of `config` and reads its keys; indexes of `before` whose settings are the same, and
/// whose folder is still theirs, are kept with their open readers. A keys file with faults opens nothing to
/// anybody.
std::shared_ptr<const Holdings> OpenHoldings(config::Config config, const Holdings* before = nullptr);

/// The same with those indexes opened anew in whose folder another one stands by now.
std::shared_ptr<const Holdings> ReopenReplaced(const Holdings& before);

/// The place from which every request takes what is served at its time; a reload replaces it while
/// requests under way keep theirs. Thread-safe.
class Catalog {
 public:
  explicit Catalog(std::shared_ptr<const Holdings> holdings) : holdings_(std::move(holdings)) {}

  std::shared_ptr<const Holdings> Current() const {
    const std::lock_guard lock(mutex_);
    return holdings_;
  }
  void Replace(std::shared_ptr<const Holdings> holdings) {
    const std::lock_guard lock(mutex_);
    holdings_.swap(holdings);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const Holdings> holdings_;
};

/// What people call the index: its configured title, else its name.
std::string TitleOf(const config::Index& settings);

}  // namespace quipu::searchd
