// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace quipu::query {

/// What one query needs to know of the index's terms, each looked up once. For one thread and one query.
class TermStatistics {
 public:
  explicit TermStatistics(const Xapian::Database& database)
      : database_(database), documents_(database.get_doccount()) {}

  std::uint32_t documents() const { return documents_; }

  /// In how many documents the term occurs; 0 if in none or if it is too long to be a term.
  std::uint32_t Frequency(const std::string& term);

  /// log(1 + (N - n + .5) / (n + .5)): about 0 for a word that all documents have.
  double Rarity(std::uint64_t frequency) const;

  /// Whether two words stand next to each other in the body or the title of any document. True without
  /// looking if both are so frequent that looking would take long.
  bool StandTogether(const std::string& first, const std::string& second) const;

  struct Expansion {
    std::string term;
    std::uint32_t frequency = 0;
  };
  /// The most frequent `keep` terms that begin with `prefix`, of the first `walk` in alphabetical order;
  /// the work is bounded by `walk`, whatever the prefix.
  std::vector<Expansion> Expand(const std::string& prefix, std::size_t walk, std::size_t keep) const;

 private:
  const Xapian::Database& database_;
  std::uint32_t documents_;
  std::unordered_map<std::string, std::uint32_t> frequencies_;
};

}  // namespace quipu::query
