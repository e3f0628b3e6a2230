// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/query_aids.h"

#include <algorithm>
#include <utility>

#include "core/query/query_analysis.h"
#include "core/schema/field.h"

namespace quipu::search {
namespace {

using query::Node;

bool IsPlainWord(const Node& node) {
  return node.kind == query::NodeKind::kWord && node.occur == query::Occur::kShould && node.field.empty() &&
         node.words.size() == 1;
}

std::uint32_t Documents(const Node& leaf, query::TermStatistics& statistics) {
  std::uint32_t most = statistics.Frequency(leaf.words.front().folded);
  for (const std::string& stem : leaf.words.front().stems)
    most = std::max(most, statistics.Frequency(std::string(schema::kStemPrefix) + stem));
  return most;
}

}  // namespace

AidedQuery AidQuery(const QueryReading& reading, const QueryAids& aids) {
  AidedQuery aided;
  if (aids.rules) {
    aided.pinned_ids = aids.rules->PinnedIds(reading.tree);
    aids.rules->DropStopWords(reading.tree);
    aids.rules->AddSynonyms(reading.tree, reading.ranking.synonym_share);
  }
  if (!reading.typos || !aids.vocabulary) return aided;
  query::CorrectionOptions options = CorrectionOptionsOf(reading.ranking);
  options.wide = reading.loosening >= Loosening::kTypos;
  const query::ReadWords read = [&](std::string_view text) {
    return query::AnalyzeWords(text, reading.analyzer, reading.languages);
  };
  aided.correction =
      query::CorrectQuery(reading.tree, reading.q, *aids.vocabulary, reading.statistics, read, options);
  return aided;
}

void LoosenWords(const QueryReading& reading, query::CompileOptions& options) {
  if (options.needed == query::Needed::kAll) return;
  const auto occurs_nowhere = [&](const Node& node) {
    return IsPlainWord(node) && node.alternatives.empty() && !node.prefix && !node.typing &&
           Documents(node, reading.statistics) == 0;
  };
  const auto says_something = [&](const Node& node) {
    if (!IsPlainWord(node)) return false;
    const std::uint32_t documents = Documents(node, reading.statistics);
    return documents > 0 && documents <= reading.statistics.documents() / 2;
  };
  auto& children = reading.tree.children;
  if (std::none_of(children.begin(), children.end(), says_something)) return;
  std::erase_if(children, occurs_nowhere);
  options.enough_share = 0;
  options.needed = query::Needed::kEnough;
}

void PinDocuments(query::CompiledQuery& compiled, const std::vector<std::string>& ids) {
  if (ids.empty()) return;
  using Xapian::Query;
  std::vector<Query> pins;
  // A pinned document that the query finds as well weighs up to best_weight more: that must not change the
  // order.
  const double step = compiled.best_weight + 1;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const double weight = step * static_cast<double>(ids.size() - i + 1);
    const Query constant((new Xapian::FixedWeightPostingSource(weight))->release());
    pins.emplace_back(Query::OP_FILTER, constant, Query(schema::IdTerm(ids[i])));
  }
  const Query pinned(Query::OP_OR, pins.begin(), pins.end());
  compiled.query = compiled.query.empty() ? pinned : Query(Query::OP_OR, compiled.query, pinned);
  compiled.all_words = Query();
  compiled.list.reset();
  compiled.matches_at_most += ids.size();
}

}  // namespace quipu::search
