// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/term_statistics.h"

#include <algorithm>
#include <cmath>

#include "core/schema/field.h"

namespace quipu::query {

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
