// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/score_parts.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <string_view>
#include <utility>

#include "core/schema/field.h"

namespace quipu::search {
namespace {

using Xapian::Query;

// A query of 64 words in all their forms has fewer.
constexpr std::size_t kMaxUnits = 400;

/// A part of the query that weighs as one, and what else a document must match for it to count.
struct Unit {
  Query query;
  std::vector<Query> conditions;
};

/// Takes a query apart where weights are added.
class UnitCollector {
 public:
  /// `certain`: every hit matches `query`.
  void Collect(const Query& query, bool certain, const std::vector<Query>& conditions) {
    switch (query.get_type()) {
      case Query::OP_OR:
        for (std::size_t i = 0; i < query.get_num_subqueries(); ++i)
          Collect(query.get_subquery(i), false, conditions);
        return;
      case Query::OP_AND:
        for (std::size_t i = 0; i < query.get_num_subqueries(); ++i)
          Collect(query.get_subquery(i), certain, certain ? conditions : With(conditions, query));
        return;
      case Query::OP_AND_MAYBE:
        Collect(query.get_subquery(0), certain, conditions);
        for (std::size_t i = 1; i < query.get_num_subqueries(); ++i)
          Collect(query.get_subquery(i), false,
                  certain ? conditions : With(conditions, query.get_subquery(0)));
        return;
      case Query::OP_FILTER:
      case Query::OP_AND_NOT:
        // What stands on the right weighs nothing.
        Collect(query.get_subquery(0), certain, certain ? conditions : With(conditions, query));
        return;
      default:
        if (units_.size() < kMaxUnits) units_.push_back({query, conditions});
    }
  }

  const std::vector<Unit>& units() const { return units_; }

 private:
  static std::vector<Query> With(std::vector<Query> conditions, const Query& query) {
    conditions.push_back(query);
    return conditions;
  }

  std::vector<Unit> units_;
};

std::string FieldOfPrefix(std::string_view prefix) {
  if (prefix.empty()) return {};
  if (prefix.starts_with("XT") && prefix.ends_with(':'))
    return std::string(prefix.substr(2, prefix.size() - 3));
  for (const schema::Field& field : schema::Fields()) {
    if (field.prefix == prefix && field.weight > 0) return std::string(field.name);
  }
  return std::string(prefix);
}

/// A term taken apart: form ('Z' a stem, 'E' exact, 0 folded), prefix, word.
struct TermParts {
  char form = 0;
  std::string prefix;
  std::string word;
};

bool IsCapital(std::string_view text) { return !text.empty() && text[0] >= 'A' && text[0] <= 'Z'; }

TermParts TakeApart(std::string_view term) {
  TermParts parts;
  if (term.starts_with('Z') || term.starts_with('E')) {
    parts.form = term[0];
    term.remove_prefix(1);
  }
  if (term.starts_with("XT")) {
    const std::size_t colon = std::min(term.find(':'), term.size() - 1);
    parts.prefix = term.substr(0, colon + 1);
    term.remove_prefix(colon + 1);
  } else if (IsCapital(term)) {
    parts.prefix = term.substr(0, 1);
    term.remove_prefix(1);
  }
  parts.word = term;
  return parts;
}

class Describer {
 public:
  explicit Describer(const query::CompiledQuery& compiled) : compiled_(compiled) {}

  ScorePart Describe(const Query& unit) const {
    ScorePart part;
    std::vector<TermParts> terms;
    for (auto term = unit.get_terms_begin(); term != unit.get_terms_end(); ++term)
      terms.push_back(TakeApart(*term));
    if (terms.empty()) return DescribeSource(unit);
    part.field = FieldOfPrefix(terms.front().prefix);
    const Query::op inner =
        unit.get_type() == Query::OP_SCALE_WEIGHT ? unit.get_subquery(0).get_type() : unit.get_type();
    if (inner == Query::OP_PHRASE || inner == Query::OP_NEAR) {
      part.kind = inner == Query::OP_PHRASE ? "phrase" : "near";
      // Terms without a prefix have positions only in the body.
      if (part.field.empty()) part.field = "body";
      for (const TermParts& term : terms) part.words += (part.words.empty() ? "" : " ") + term.word;
      return part;
    }
    const TermParts& first = terms.front();
    const bool stemmed =
        std::any_of(terms.begin(), terms.end(), [](const TermParts& term) { return term.form == 'Z'; });
    part.kind = first.form == 'E' ? "accents" : stemmed ? "word" : terms.size() > 1 ? "prefix" : "form";
    part.words = part.kind == "prefix" ? Beginning(terms) : AsTyped(first);
    return part;
  }

 private:
  /// Posting sources have no terms, only a description.
  ScorePart DescribeSource(const Query& unit) const {
    ScorePart part;
    const std::string text = unit.get_description();
    constexpr std::string_view kBodySource = "quipu::BodySource(";
    if (text.find("FixedWeightPostingSource") != std::string::npos) {
      part.kind = "all words";
    } else if (text.find("quipu::DocumentRankSource") != std::string::npos) {
      part.kind = "document";
    } else if (const std::size_t at = text.find(kBodySource); at != std::string::npos) {
      const std::size_t begin = at + kBodySource.size();
      part.kind = "word";
      part.field = "body";
      part.words = AsTyped({'Z', "", text.substr(begin, text.find(')', begin) - begin)});
    } else {
      part.kind = "other";
    }
    return part;
  }

  /// The word of the query that a term comes from.
  std::string AsTyped(const TermParts& term) const {
    for (const query::SoughtWord& sought : compiled_.words) {
      const auto& stems = sought.word.stems;
      if (term.form == 'Z' && std::find(stems.begin(), stems.end(), term.word) != stems.end())
        return sought.word.exact.empty() ? sought.word.folded : sought.word.exact;
    }
    return term.word;
  }

  std::string Beginning(const std::vector<TermParts>& terms) const {
    for (const query::SoughtWord& sought : compiled_.words) {
      if (sought.prefix && terms.front().word.starts_with(sought.word.folded)) return sought.word.folded;
    }
    return terms.front().word;
  }

  const query::CompiledQuery& compiled_;
};

Query TheseDocuments(const std::vector<Hit>& hits) {
  std::vector<std::string> terms;
  for (const Hit& hit : hits) terms.push_back(schema::IdTerm(hit.document.id));
  return Query(Query::OP_OR, terms.begin(), terms.end());
}

std::uint64_t DocumentsWith(const Xapian::Database& database, const Query& unit) {
  std::uint64_t most = 0;
  for (auto term = unit.get_terms_begin(); term != unit.get_terms_end(); ++term)
    most = std::max<std::uint64_t>(most, database.get_termfreq(*term));
  return most;
}

void AddTo(std::vector<ScorePart>& parts, ScorePart part, double score) {
  // The same words may stand in the query twice.
  const auto same = std::find_if(parts.begin(), parts.end(), [&](const ScorePart& other) {
    return other.kind == part.kind && other.words == part.words && other.field == part.field;
  });
  if (same != parts.end()) {
    same->score += score;
    return;
  }
  part.score = score;
  parts.push_back(std::move(part));
}

}  // namespace

bool ExplainScores(const Xapian::Database& database, const query::WeightShape& shape,
                   const query::CompiledQuery& compiled, std::vector<Hit>& hits, Instant deadline) {
  if (hits.empty() || compiled.query.empty() || compiled.best_weight <= 0) return true;
  UnitCollector collector;
  collector.Collect(compiled.query, true, {});
  std::map<Xapian::docid, Hit*> by_docid;
  for (Hit& hit : hits) by_docid[hit.docid] = &hit;
  const Query documents = TheseDocuments(hits);
  const Describer describer(compiled);
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(query::TermWeight(shape));
  for (const Unit& unit : collector.units()) {
    if (std::chrono::steady_clock::now() > deadline) {
      for (Hit& hit : hits) hit.score_parts.clear();
      return false;
    }
    std::vector<Query> conditions = unit.conditions;
    conditions.push_back(documents);
    enquire.set_query(
        Query(Query::OP_FILTER, unit.query, Query(Query::OP_AND, conditions.begin(), conditions.end())));
    const Xapian::MSet found = enquire.get_mset(0, static_cast<Xapian::doccount>(hits.size()));
    if (found.empty()) continue;
    ScorePart part = describer.Describe(unit.query);
    // How many have the words of a phrase says nothing of how many have the phrase.
    if (part.kind != "phrase" && part.kind != "near") part.documents = DocumentsWith(database, unit.query);
    for (auto match = found.begin(); match != found.end(); ++match) {
      const auto hit = by_docid.find(*match);
      if (hit == by_docid.end() || match.get_weight() <= 0) continue;
      const double score = match.get_weight() / compiled.best_weight;
      // Nothing that was found weighs more than the best can: its place was given.
      if (score > 1 + 1e-9) part.kind = "pinned";
      AddTo(hit->second->score_parts, part, score);
    }
  }
  for (Hit& hit : hits) {
    if (hit.moved != 0)
      hit.score_parts.push_back({.kind = "order", .words = "", .field = "", .score = hit.moved});
    const auto pinned = std::find_if(hit.score_parts.begin(), hit.score_parts.end(),
                                     [](const ScorePart& part) { return part.kind == "pinned"; });
    if (pinned != hit.score_parts.end()) {
      hit.score_parts = {ScorePart{.kind = "pinned", .words = "", .field = "", .score = 1, .documents = 0}};
      continue;
    }
    std::stable_sort(hit.score_parts.begin(), hit.score_parts.end(),
                     [](const ScorePart& a, const ScorePart& b) { return a.score > b.score; });
  }
  return true;
}

std::string DescribePart(const ScorePart& part) {
  const std::string where =
      part.field.empty() ? "anywhere in the document" : "in the field `" + part.field + "`";
  const std::string words = "`" + part.words + "`";
  if (part.kind == "word") return words + " in any form, " + where;
  if (part.kind == "form") return words + " in just this form, " + where;
  if (part.kind == "accents") return words + " with just these accents, " + where;
  if (part.kind == "prefix") return "words that begin with " + words + ", " + where;
  if (part.kind == "phrase") return "the phrase " + words + ", " + where;
  if (part.kind == "near") return "the words " + words + " close together, " + where;
  if (part.kind == "pinned") return "the document is pinned to its place for this query";
  if (part.kind == "order")
    return "its place: words that stand close together, and what it shares with the best documents";
  if (part.kind == "document") return "the document's own rank: its `boost`, and how new it is";
  if (part.kind == "all words") return "all words of the query are there";
  return "another part of the query";
}

}  // namespace quipu::search
