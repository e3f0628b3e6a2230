// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "searchd/json/render_search_result.h"

namespace quipu::searchd {

/// The answers to the last searches, rendered, so that a search that is asked again costs a look-up. The key
/// has to name everything that an answer depends on (see AnswerKey), so nothing in here is ever stale: what
/// no state of an index asks for any more is pushed out by what is asked now. Thread-safe.
class AnswerCache {
 public:
  struct Counts {
    std::uint64_t hits = 0, misses = 0;
    std::uint64_t bytes = 0;  // about what it takes now
  };

  /// Keeps about `most_bytes` at most; 0: nothing at all.
  explicit AnswerCache(std::size_t most_bytes) : most_bytes_(most_bytes) {}

  std::size_t most_bytes() const { return most_bytes_; }
  bool keeps() const { return most_bytes_ > 0; }

  /// Null if it is not there.
  std::shared_ptr<const RenderedAnswer> Find(std::string_view key);
  /// An answer that would take more than a sixteenth of the cache is not kept.
  void Keep(std::string key, std::shared_ptr<const RenderedAnswer> answer);

  Counts counts() const;

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const RenderedAnswer> answer;
    std::size_t bytes() const;
  };

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;                                                 // the members below
  std::list<Entry> entries_;                                                 // the last used one first
  std::unordered_map<std::string_view, std::list<Entry>::iterator> by_key_;  // views of Entry::key
  std::uint64_t bytes_ = 0, hits_ = 0, misses_ = 0;
};

}  // namespace quipu::searchd
