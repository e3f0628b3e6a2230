// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/search/search_index.h"
#include "searchd/answer_cache.h"
#include "searchd/pages/brand.h"

namespace quipu::searchd {

/// What is served: a configuration and its indexes by name. Never changed once it is in a Catalog.
struct Holdings {
  config::Config config;
  std::map<std::string, std::shared_ptr<search::SearchIndex>, std::less<>> indexes;
  Brand brand;
  std::shared_ptr<AnswerCache> answers;  // of these indexes; never null

  /// kIndexNotFound if it is not configured.
  Result<std::shared_ptr<search::SearchIndex>> Find(std::string_view uid) const;
};

/// Opens the indexes of `config`; those of `before` whose settings are the same are kept with their
/// open readers.
std::shared_ptr<const Holdings> OpenHoldings(config::Config config, const Holdings* before = nullptr);

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
