// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/metrics/query_counts.h"

#include <xxhash.h>

#include <algorithm>
#include <iterator>
#include <random>
#include <tuple>
#include <utility>

#include "core/text/fold.h"

namespace quipu::searchd {
namespace {

constexpr std::size_t kMostBytes = 100;

std::uint64_t RandomSecret() {
  std::random_device device;
  return (std::uint64_t{device()} << 32U) | device();
}

/// As the query would be searched: no blanks around it or twice, no capitals.
std::string Normal(std::string_view q) {
  std::string words;
  for (const char c : text::FoldCase(q)) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  while (words.ends_with(' ')) words.pop_back();
  return words;
}

}  // namespace

QueryCounts::QueryCounts(Limits limits) : limits_(limits), secret_(RandomSecret()) {}

void QueryCounts::Note(std::string_view index, std::string_view q, std::string_view client, bool found,
                       Instant now) {
  if (q.size() > kMostBytes) return;
  const std::string query = Normal(q);
  if (query.empty()) return;
  const std::string key = std::string(index) + '\n' + query;
  const std::lock_guard lock(mutex_);
  BeginDay(now);
  Settle(now);
  const std::uint64_t who = XXH3_64bits_withSeed(client.data(), client.size(), secret_);
  const auto [place, fresh] = typing_.try_emplace(who);
  Typing& typing = place->second;
  if (fresh && typing_.size() > limits_.clients) {
    typing_.erase(place);
    return;
  }
  typing.at = now;
  // Letters are taken back: the longest stays.
  if (!fresh && typing.key.starts_with(key)) return;
  if (!fresh && !key.starts_with(typing.key)) Count(who, typing);
  typing.key = key;
  typing.found = found;
}

void QueryCounts::Count(std::uint64_t client, const Typing& typed) {
  const std::uint64_t sighting = XXH3_64bits_withSeed(typed.key.data(), typed.key.size(), client);
  if (seen_.size() >= limits_.sightings || seen_.contains(sighting)) return;
  if (!tallies_.contains(typed.key) && !MakeRoom()) return;
  seen_.insert(sighting);
  Tally& tally = tallies_[typed.key];
  ++tally.all.today;
  if (!typed.found) ++tally.without_hits.today;
}

/// Counts what nobody types on at any more. Looked at once a second at most.
void QueryCounts::Settle(Instant now) {
  if (now - settled_at_ < std::chrono::seconds(1)) return;
  settled_at_ = now;
  for (auto at = typing_.begin(); at != typing_.end();) {
    if (now - at->second.at < limits_.settled) {
      ++at;
      continue;
    }
    Count(at->first, at->second);
    at = typing_.erase(at);
  }
}

/// A new secret: nobody of yesterday is known again. What too few asked is forgotten.
void QueryCounts::BeginDay(Instant now) {
  if (day_began_ == Instant()) day_began_ = now;
  if (now - day_began_ < limits_.day) return;
  day_began_ = now;
  for (const auto& [client, typed] : typing_) Count(client, typed);
  typing_.clear();
  seen_.clear();
  secret_ = RandomSecret();
  for (auto at = tallies_.begin(); at != tallies_.end();) {
    for (People* people : {&at->second.all, &at->second.without_hits}) *people = {0, Told(*people)};
    at = at->second.all.before == 0 ? tallies_.erase(at) : std::next(at);
  }
}

/// Whether one more query may be counted; those that one person asked make room.
bool QueryCounts::MakeRoom() {
  if (tallies_.size() < limits_.queries) return true;
  std::erase_if(tallies_,
                [](const auto& entry) { return entry.second.all.before == 0 && entry.second.all.today < 2; });
  return tallies_.size() < limits_.queries;
}

std::uint64_t QueryCounts::Told(const People& people) const {
  return people.before + (people.today >= limits_.least_people ? people.today : 0);
}

void QueryCounts::AddLine(std::vector<Line>& lines, const std::string& key, const People& people) const {
  const std::uint64_t told = Told(people);
  const std::size_t end = key.find('\n');
  if (told > 0) lines.push_back({key.substr(0, end), key.substr(end + 1), told});
}

QueryCounts::Report QueryCounts::Read(std::size_t count, Instant now) {
  Report report;
  {
    const std::lock_guard lock(mutex_);
    BeginDay(now);
    Settle(now);
    for (const auto& [key, tally] : tallies_) {
      AddLine(report.top, key, tally.all);
      AddLine(report.without_hits, key, tally.without_hits);
    }
  }
  for (std::vector<Line>* lines : {&report.top, &report.without_hits}) {
    std::sort(lines->begin(), lines->end(), [](const Line& a, const Line& b) {
      return a.people != b.people ? a.people > b.people
                                  : std::tie(a.index, a.query) < std::tie(b.index, b.query);
    });
    if (lines->size() > count) lines->resize(count);
  }
  return report;
}

}  // namespace quipu::searchd
