// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/term_statistics.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/schema/field.h"

namespace quipu::query {
namespace {

// Documents whose positions are read to find two words side by side.
constexpr Xapian::doccount kMostNeighboursRead = 5000;

}  // namespace

std::uint32_t TermStatistics::Frequency(const std::string& term) {
  if (term.empty() || term.size() > schema::kMaxTermBytes) return 0;
  const auto [found, fresh] = frequencies_.try_emplace(term, 0);
  if (fresh) found->second = database_.get_termfreq(term);
  return found->second;
}

double TermStatistics::Rarity(std::uint64_t frequency) const {
  const double n = static_cast<double>(std::min<std::uint64_t>(frequency, documents_));
  return std::log(1 + (static_cast<double>(documents_) - n + 0.5) / (n + 0.5));
}

bool TermStatistics::StandTogether(const std::string& first, const std::string& second) const {
  const auto rarer = std::min(database_.get_termfreq(first), database_.get_termfreq(second));
  if (rarer == 0) return false;
  if (rarer > kMostNeighboursRead) return true;
  const std::string title(schema::FindField("title")->prefix);
  const auto phrase = [](const std::string& a, const std::string& b) {
    const std::array<std::string, 2> words = {a, b};
    return Xapian::Query(Xapian::Query::OP_PHRASE, words.begin(), words.end(), 2);
  };
  Xapian::Enquire enquire(database_);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_query(
      Xapian::Query(Xapian::Query::OP_OR, phrase(first, second), phrase(title + first, title + second)));
  return !enquire.get_mset(0, 1).empty();
}

std::vector<TermStatistics::Expansion> TermStatistics::Expand(const std::string& prefix, std::size_t walk,
                                                              std::size_t keep) const {
  std::vector<Expansion> found;
  if (prefix.empty() || prefix.size() > schema::kMaxTermBytes) return found;
  const auto end = database_.allterms_end(prefix);
  for (auto term = database_.allterms_begin(prefix); term != end && walk > 0; ++term, --walk) {
    found.push_back({.term = *term, .frequency = term.get_termfreq()});
  }
  if (found.size() > keep) {
    std::nth_element(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(keep), found.end(),
                     [](const Expansion& a, const Expansion& b) {
                       return a.frequency != b.frequency ? a.frequency > b.frequency : a.term < b.term;
                     });
    found.resize(keep);
  }
  return found;
}

}  // namespace quipu::query
