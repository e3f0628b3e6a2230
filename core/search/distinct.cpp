// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/distinct.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>

#include "core/schema/field.h"

namespace quipu::search {
namespace {

constexpr std::size_t kNobody = static_cast<std::size_t>(-1);

// One pass is enough where each document has one value.
void KeepBest(const Column& column, const SortOrder& order, std::vector<Candidate>& candidates) {
  std::vector<std::size_t> best(column.size(), kNobody);
  std::size_t kept = 0;
  for (const Candidate candidate : candidates) {
    const auto values = column.Of(candidate.docid);
    if (!values.empty()) {
      std::size_t& first = best[values.front()];
      if (first != kNobody) {
        if (order(candidate, candidates[first])) candidates[first] = candidate;
        continue;
      }
      first = kept;
    }
    candidates[kept++] = candidate;
  }
  candidates.resize(kept);
}

}  // namespace

void KeepDistinct(const Column& column, const SortOrder& order, std::vector<Candidate>& candidates) {
  if (column.single_valued()) return KeepBest(column, order, candidates);
  order.PutFirst(candidates, candidates.size());
  std::vector<bool> seen(column.size());
  std::erase_if(candidates, [&](const Candidate& candidate) {
    const auto values = column.Of(candidate.docid);
    const bool again =
        std::any_of(values.begin(), values.end(), [&](Column::Ordinal value) { return seen[value]; });
    if (again) return true;
    for (const Column::Ordinal value : values) seen[value] = true;
    return false;
  });
}

bool HasDuplicates(const Xapian::Database& database) {
  return database.get_value_freq(schema::kDuplicateSlot) > 0;
}

void FoldCopies(const Xapian::Database& database, const SortOrder& order,
                std::vector<Candidate>& candidates) {
  std::map<std::string, std::size_t> best;
  std::size_t kept = 0;
  Xapian::ValueIterator value = database.valuestream_begin(schema::kDuplicateSlot);
  const Xapian::ValueIterator end = database.valuestream_end(schema::kDuplicateSlot);
  // Candidates come as the match met them, and so do values: by docid.
  for (const Candidate candidate : candidates) {
    if (value != end && value.get_docid() < candidate.docid) value.skip_to(candidate.docid);
    if (value != end && value.get_docid() == candidate.docid) {
      const auto [first, fresh] = best.try_emplace(*value, kept);
      if (!fresh) {
        if (order(candidate, candidates[first->second])) candidates[first->second] = candidate;
        continue;
      }
    }
    candidates[kept++] = candidate;
  }
  candidates.resize(kept);
}

}  // namespace quipu::search
