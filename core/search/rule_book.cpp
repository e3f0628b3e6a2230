// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/rule_book.h"

#include <sys/stat.h>

#include <utility>

namespace quipu::search {
namespace {

constexpr std::int64_t kNanosecondsPerSecond = 1'000'000'000;

}  // namespace

RuleBook::RuleBook(const config::Index& settings)
    : synonyms_{.file = settings.synonyms_file, .stamp = {}, .in_force = {}},
      pins_{.file = settings.pins_file, .stamp = {}, .in_force = {}},
      stop_words_{.file = settings.stopwords_file, .stamp = {}, .in_force = {}},
      current_(std::make_shared<const QueryRules>(QueryRules::Texts{}, std::span<const std::string>())) {}

RuleBook::Stamp RuleBook::StampOf(const std::filesystem::path& file) {
  struct stat status {};
  // That a file is not there is a state as well: told once, when it goes.
  if (::stat(file.c_str(), &status) != 0) return {.modified_ns = -2, .bytes = 0, .inode = 0};
  return {.modified_ns = status.st_mtim.tv_sec * kNanosecondsPerSecond + status.st_mtim.tv_nsec,
          .bytes = static_cast<std::uint64_t>(status.st_size),
          .inode = status.st_ino};
}

template <typename Rule>
bool RuleBook::Follow(Watched& watched, config::RuleFile<Rule> (*load)(const std::filesystem::path&),
                      std::vector<Rule>& rules) {
  if (watched.file.empty()) return false;
  // Looked at before it is read: a change in between is seen next time.
  const Stamp stamp = StampOf(watched.file);
  if (stamp == watched.stamp) return false;
  watched.stamp = stamp;
  config::RuleFile<Rule> file = load(watched.file);
  news_.push_back({.file = watched.file, .taken_up = file.faults.empty(), .faults = file.faults});
  if (!file.faults.empty()) return false;
  rules = std::move(file.rules);
  watched.in_force = stamp;
  return true;
}

void RuleBook::Refresh(const std::vector<std::string>& languages) {
  const std::scoped_lock lock(mutex_);
  bool changed = Follow(synonyms_, config::LoadSynonyms, texts_.synonyms);
  changed = Follow(pins_, config::LoadPins, texts_.pins) || changed;
  changed = Follow(stop_words_, config::LoadStopWords, texts_.stop_words) || changed;
  const bool any = !texts_.synonyms.empty() || !texts_.pins.empty() || !texts_.stop_words.empty();
  if (languages != languages_) {
    languages_ = languages;
    changed = changed || any;
  }
  if (!changed) return;
  current_ = std::make_shared<const QueryRules>(texts_, languages_);
}

std::shared_ptr<const QueryRules> RuleBook::Current() const {
  const std::scoped_lock lock(mutex_);
  return current_;
}

std::string RuleBook::Edition() const {
  const std::scoped_lock lock(mutex_);
  std::string edition;
  for (const Watched* watched : {&synonyms_, &pins_, &stop_words_}) {
    const Stamp& stamp = watched->in_force;
    edition += std::to_string(stamp.modified_ns) + ':' + std::to_string(stamp.bytes) + ':' +
               std::to_string(stamp.inode) + ';';
  }
  return edition;
}

std::vector<RuleNews> RuleBook::TakeNews() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(news_, {});
}

}  // namespace quipu::search
