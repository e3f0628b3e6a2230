// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <ctime>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "core/search/query_rules.h"

namespace quipu::search {

/// What happened to a file of rules since it was last asked: it was read, or it cannot be and the rules
/// before stay in force.
struct RuleNews {
  std::filesystem::path file;
  bool taken_up = false;
  std::vector<config::Fault> faults;  // if it was not
};

/// The rule files of one index, read again when they change on disk. Thread-safe.
class RuleBook {
 public:
  explicit RuleBook(const config::Index& settings);

  /// Looks at the files (a `stat` each) and reads those that changed, and reads the rules anew if the
  /// `languages` of the index are others.
  void Refresh(const std::vector<std::string>& languages);

  /// The rules in force; never null.
  std::shared_ptr<const QueryRules> Current() const;
  /// Names the rules in force: the times, sizes and inodes of their files.
  std::string Edition() const;
  /// What happened since the last call.
  std::vector<RuleNews> TakeNews();

 private:
  /// By what a changed file is known.
  struct Stamp {
    std::int64_t modified_ns = -1;  // -1: not there
    std::uint64_t bytes = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const Stamp&, const Stamp&) = default;
  };
  struct Watched {
    std::filesystem::path file;
    Stamp stamp;
    Stamp in_force;  // of the rules that were taken up
  };

  static Stamp StampOf(const std::filesystem::path& file);
  template <typename Rule>
  bool Follow(Watched& watched, config::RuleFile<Rule> (*load)(const std::filesystem::path&),
              std::vector<Rule>& rules);

  mutable std::mutex mutex_;
  Watched synonyms_, pins_, stop_words_;
  QueryRules::Texts texts_;
  std::vector<std::string> languages_;
  std::shared_ptr<const QueryRules> current_;
  std::vector<RuleNews> news_;
};

}  // namespace quipu::search
