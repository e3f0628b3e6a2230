// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace quipu::searchd {

/// What is searched for most and what finds nothing, without keeping who asked: a query is told of only if
/// `least_people` different clients asked it within one day. Clients are told apart by a hash under a secret
/// that lives in memory for that day; no address, and no query of fewer people, leaves this object. What a
/// person types letter by letter counts as the one query that it ends with. Memory is bounded. Thread-safe.
class QueryCounts {
 public:
  using Clock = std::chrono::steady_clock;
  using Instant = Clock::time_point;

  struct Limits {
    std::uint32_t least_people = 5;
    std::size_t queries = 20'000;     // that are counted at once; further ones are not
    std::size_t clients = 20'000;     // whose typing is watched at once
    std::size_t sightings = 400'000;  // of a client and a query, in a day
    std::chrono::seconds settled =
        std::chrono::seconds(10);  // a query is what was typed when so long nothing more came
    std::chrono::hours day = std::chrono::hours(24);
  };

  QueryCounts() : QueryCounts(Limits()) {}
  explicit QueryCounts(Limits limits);

  /// `client` is any text that tells clients apart. Queries of more than 100 bytes are not counted: they may
  /// be anything.
  void Note(std::string_view index, std::string_view q, std::string_view client, bool found, Instant now);

  struct Line {
    std::string index, query;
    std::uint64_t people = 0;  // of each day on which there were enough of them, added up
  };
  struct Report {
    std::vector<Line> top, without_hits;  // the most frequent first
  };
  /// At most `count` lines of each.
  Report Read(std::size_t count, Instant now);

 private:
  struct People {
    std::uint32_t today = 0;
    std::uint64_t before = 0;
  };
  struct Tally {
    People all, without_hits;
  };
  struct Typing {
    std::string key;
    bool found = false;
    Instant at;
  };

  void Count(std::uint64_t client, const Typing& typed);
  void Settle(Instant now);
  void BeginDay(Instant now);
  bool MakeRoom();
  std::uint64_t Told(const People& people) const;
  void AddLine(std::vector<Line>& lines, const std::string& key, const People& people) const;

  const Limits limits_;
  std::mutex mutex_;
  std::uint64_t secret_ = 0;
  Instant day_began_;
  Instant settled_at_;
  std::unordered_map<std::uint64_t, Typing> typing_;  // by client
  std::unordered_set<std::uint64_t> seen_;            // client and query, of today
  std::unordered_map<std::string, Tally> tallies_;    // by index and query
};

}  // namespace quipu::searchd
