// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query/correction.h"
#include "core/query/query_ast.h"
#include "core/query/query_compiler.h"
#include "core/query/term_statistics.h"
#include "core/query/vocabulary.h"
#include "core/search/query_rules.h"
#include "core/search/ranking.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// How far a query that found nothing is loosened; each step does what those before it do. What was signed,
/// quoted or joined by operators is never loosened.
enum class Loosening : std::uint8_t {
  kNone,
  kTypos,  // an edit more for short words
  kWords,  // words that occur nowhere are left out, and no share of the query's rarity is asked for
};

/// What helps to read queries, beside the index itself. Whatever is null helps nothing.
struct QueryAids {
  std::shared_ptr<const query::Vocabulary> vocabulary;
  std::shared_ptr<const QueryRules> rules;
};

/// A query that is being read.
struct QueryReading {
  std::string_view q;
  query::Node& tree;  // analysed
  query::TermStatistics& statistics;
  text::Analyzer& analyzer;
  std::span<const std::string> languages;
  const Ranking& ranking;
  bool typos = true;  // words may be corrected
  Loosening loosening = Loosening::kNone;
};

struct AidedQuery {
  std::optional<query::Correction> correction;
  std::vector<std::string> pinned_ids;
};

/// Looks up the pins of a query, then takes out its stop words, adds synonyms and corrects what is left.
AidedQuery AidQuery(const QueryReading& reading, const QueryAids& aids);

/// Loosening::kWords for an aided query: takes out words that occur nowhere and makes `options` ask for any
/// of the others. Changes nothing if these are too common to mean anything by themselves, or if all words
/// were asked for.
void LoosenWords(const QueryReading& reading, query::CompileOptions& options);

/// Puts these documents before all that the query finds, in this order, whether it finds them or not.
/// Documents that are not in the index are passed over.
void PinDocuments(query::CompiledQuery& compiled, const std::vector<std::string>& ids);

}  // namespace quipu::search
