// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <compare>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/query/vocabulary.h"
#include "core/search/suggester.h"

namespace quipu::search {

/// A published state of an index.
struct StateName {
  std::uint64_t generation = 0;
  std::uint64_t revision = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14's own fault
  friend auto operator<=>(const StateName&, const StateName&) = default;
};

/// What was made of the words of one state of an index, in memory. Never changed.
struct Lexicon {
  StateName words_of;
  std::shared_ptr<const query::Vocabulary> vocabulary;  // null before the first is made
  // Takes longer than the words: for a while those of the state before are here, at first only words.
  StateName suggestions_of;
  std::shared_ptr<const Suggester> suggester;

  std::size_t bytes() const;
};

/// Keeps the lexicon of an index, made anew by a thread of its own when the index changes. Searches use the
/// last one meanwhile, and none before the first is ready: nobody ever waits. An index that changes all the
/// time is followed with a quarter of a core at most. Thread-safe.
class LexiconBuilder {
 public:
  explicit LexiconBuilder(std::filesystem::path index_root);
  ~LexiconBuilder();
  LexiconBuilder(const LexiconBuilder&) = delete;
  LexiconBuilder& operator=(const LexiconBuilder&) = delete;

  /// Says which state is served now.
  void Want(StateName state);

  /// The last one; never null, empty at first.
  std::shared_ptr<const Lexicon> Current() const;

  /// Waits until the words of the state last wanted are ready, also its suggestions if `with_suggestions`;
  /// false if that takes longer than `at_most`.
  bool Await(std::chrono::milliseconds at_most, bool with_suggestions) const;

 private:
  void Run(const std::stop_token& stop);
  /// Makes and publishes what is on disk now; false if the index could not be read.
  bool Build(const std::stop_token& stop);
  void Publish(std::shared_ptr<const Lexicon> lexicon);
  bool IsReady(bool with_suggestions) const;  // under mutex_

  std::filesystem::path root_;
  mutable std::mutex mutex_;  // the members below
  mutable std::condition_variable_any changed_;
  StateName wanted_;
  std::shared_ptr<const Lexicon> current_ = std::make_shared<const Lexicon>();
  std::jthread thread_;  // last: it uses the others
};

}  // namespace quipu::search
