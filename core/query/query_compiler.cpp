// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/query_compiler.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "core/query/word_compiler.h"
#include "core/schema/field.h"

namespace quipu::query {
namespace {

using Xapian::Query;

// Distinct words may be repeated under AND and OR; this bounds what a query of 2 KiB can ask for.
constexpr std::size_t kMaxLeaves = 2 * kMaxWords;
// How often a repeated word counts at most.
constexpr int kMaxEmphasis = 3;

bool IsLeaf(const Node& node) { return node.kind == NodeKind::kWord || node.kind == NodeKind::kPhrase; }

bool IsValueField(const std::string& name) {
  const schema::Field* field = name.empty() ? nullptr : schema::FindField(name);
  return field != nullptr && field->boolean;
}

// What makes two leaves the same part of a list.
std::string LeafKey(const Node& leaf) {
  std::string key = std::to_string(static_cast<int>(leaf.kind) * 3 + static_cast<int>(leaf.occur)) +
                    leaf.field +
                    (leaf.prefix   ? "*"
                     : leaf.typing ? "…"
                                   : "");
  for (const Word& word : leaf.words) key += ' ' + word.folded + '=' + word.exact;
  return key;
}

bool HasPhrase(const Node& leaf) {
  return std::any_of(leaf.alternatives.begin(), leaf.alternatives.end(),
                     [](const Alternative& alternative) { return alternative.words.size() > 1; });
}

std::string WordKey(const std::string& field, const Word& word) {
  return field + ':' + word.folded + '=' + word.exact;
}

Query Any(const std::vector<Query>& queries) { return Query(Query::OP_OR, queries.begin(), queries.end()); }
Query All(const std::vector<Query>& queries) { return Query(Query::OP_AND, queries.begin(), queries.end()); }
Query Unweighted(const Query& query) { return Query(Query::OP_SCALE_WEIGHT, query, 0); }

class Compiler {
 public:
  Compiler(TermStatistics& statistics, const CompileOptions& options)
      : statistics_(statistics), options_(options), words_(statistics, options) {}

  CompiledQuery Run(const Node& root) {
    KeepRarest(root);
    CollectSought(root);
    out_.typed_words = out_.words.size();
    CollectAlternatives(root);
    Piece whole = CompileList(root, true);
    for (SoughtWord& sought : out_.words) {
      const auto found =
          sought.prefix ? words_.completions().find(sought.word.folded) : words_.completions().end();
      if (found != words_.completions().end()) sought.completions = found->second;
    }
    out_.query = std::move(whole.query);
    out_.best_weight = whole.best;
    out_.postings = words_.postings();
    return std::move(out_);
  }

 private:
  // ---- which words count ----

  void CollectKeys(const Node& node, std::set<std::string>& seen,
                   std::vector<std::pair<double, std::string>>& keys) {
    for (const Word& word : node.words) {
      std::string key = WordKey(node.field, word);
      if (!seen.insert(key).second) continue;
      keys.emplace_back(words_.WordRarity(word, node.field), std::move(key));
    }
    for (const Node& child : node.children) CollectKeys(child, seen, keys);
  }

  void KeepRarest(const Node& root) {
    std::vector<std::pair<double, std::string>> keys;
    CollectKeys(root, kept_, keys);
    if (keys.size() <= kMaxWords) return;
    out_.truncated = true;
    std::stable_sort(keys.begin(), keys.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    kept_.clear();
    for (std::size_t i = 0; i < kMaxWords; ++i) kept_.insert(keys[i].second);
  }

  // A leaf of which no word is among the rarest, or one too many.
  bool Skipped(const Node& node) const {
    if (!IsLeaf(node)) return false;
    return leaves_ >= kMaxLeaves || !Kept(node);
  }

  bool Kept(const Node& leaf) const {
    return std::any_of(leaf.words.begin(), leaf.words.end(),
                       [&](const Word& word) { return kept_.contains(WordKey(leaf.field, word)); });
  }

  void CollectSought(const Node& node) {
    if (node.occur == Occur::kMustNot) return;
    if (IsLeaf(node) && !IsValueField(node.field)) {
      const bool phrase = node.kind == NodeKind::kPhrase;
      if (phrase && node.words.size() > 1) ++phrases_;
      for (std::size_t i = 0; i < node.words.size() && out_.words.size() < kMaxLeaves; ++i) {
        out_.words.push_back({.word = node.words[i],
                              .rarity = words_.WordRarity(node.words[i], node.field),
                              .prefix = (node.prefix || node.typing) && i + 1 == node.words.size(),
                              .exact_form = phrase,
                              .phrase = phrase && node.words.size() > 1 ? phrases_ : 0,
                              .in_field = !node.field.empty()});
      }
      for (const Alternative& alternative : node.alternatives) {
        if (alternative.words.size() == 1 && !phrase && !out_.words.empty())
          out_.words.back().instead.push_back(alternative.words.front());
      }
    }
    for (const Node& child : node.children) CollectSought(child);
  }

  // Behind the typed words, whose neighbours in this list are their neighbours in the query.
  void CollectAlternatives(const Node& node) {
    if (node.occur == Occur::kMustNot) return;
    for (const Alternative& alternative : node.alternatives) {
      const bool phrase = alternative.words.size() > 1;
      if (out_.words.size() + alternative.words.size() > kMaxLeaves) return;
      if (phrase) ++phrases_;
      for (const Word& word : alternative.words) {
        out_.words.push_back({.word = word,
                              .rarity = words_.WordRarity(word, node.field),
                              .exact_form = phrase,
                              .phrase = phrase ? phrases_ : 0});
      }
    }
    for (const Node& child : node.children) CollectAlternatives(child);
  }

  // ---- the tree ----

  Piece Compile(const Node& node) {
    switch (node.kind) {
      case NodeKind::kWord:
      case NodeKind::kPhrase: return CompileLeaf(node);
      case NodeKind::kNear: out_.positional = true; return words_.CompileNear(node);
      case NodeKind::kAnd: return CompileAnd(node);
      case NodeKind::kOr: return CompileOr(node);
      case NodeKind::kList: return CompileList(node, false);
    }
    return {};
  }

  Piece CompileLeaf(const Node& leaf) {
    ++leaves_;
    if (IsValueField(leaf.field)) {
      Piece piece;
      piece.query = piece.presence = WordCompiler::CompileValue(leaf);
      return piece;
    }
    Piece piece;
    if (leaf.kind == NodeKind::kPhrase) {
      out_.positional = out_.positional || leaf.words.size() > 1;
      piece = words_.CompilePhrase(leaf);
    } else {
      piece = words_.CompileWord(leaf);
      out_.positional = out_.positional || HasPhrase(leaf);
    }
    if (piece.rarity > fallback_rarity_ && leaf.occur != Occur::kMustNot && leaf.kind == NodeKind::kWord) {
      fallback_rarity_ = piece.rarity;
      out_.fallback = piece.query;
    }
    return piece;
  }

  Query Without(Query found, const std::vector<Query>& excluded) {
    if (excluded.empty()) return found;
    if (found.empty()) found = Unweighted(Query(std::string()));
    return Query(Query::OP_AND_NOT, found, Any(excluded));
  }

  Piece CompileAnd(const Node& node) {
    std::vector<Query> all;
    std::vector<Query> presence;
    std::vector<Query> excluded;
    Piece sum;
    for (const Node& child : node.children) {
      if (Skipped(child)) continue;
      Piece piece = Compile(child);
      if (child.occur == Occur::kMustNot) {
        if (!piece.presence.empty()) excluded.push_back(std::move(piece.presence));
        continue;
      }
      sum.rarity += piece.rarity;
      sum.best += piece.best;
      all.push_back(piece.WithBonus());
      presence.push_back(std::move(piece.presence));
    }
    sum.query = Without(All(all), excluded);
    sum.presence = Without(All(presence), excluded);
    return sum;
  }

  Piece CompileOr(const Node& node) {
    std::vector<Query> any;
    std::vector<Query> presence;
    Piece best;
    for (const Node& child : node.children) {
      if (Skipped(child)) continue;
      Piece piece = Compile(child);
      if (child.occur == Occur::kMustNot) {
        piece.query = piece.presence = Without({}, {piece.presence});
      }
      best.rarity = std::max(best.rarity, piece.rarity);
      best.best += piece.best;
      if (!piece.query.empty()) any.push_back(piece.WithBonus());
      if (!piece.presence.empty()) presence.push_back(std::move(piece.presence));
    }
    best.query = Any(any);
    best.presence = Any(presence);
    return best;
  }

  // Quoted, signed and field words are meant as typed: they are needed whatever the strategy.
  static bool IsRequired(const Node& child) {
    return child.occur == Occur::kMust || child.kind == NodeKind::kPhrase || child.kind == NodeKind::kNear ||
           !child.field.empty();
  }

  struct Parts {
    std::vector<Piece> required;
    std::vector<Piece> beside;
    std::vector<Query> values;  // `language:es`: narrows, answers nothing by itself
    std::vector<Query> excluded;
    bool impossible = false;  // a required part has no occurrence
    bool words_only = true;   // and values; what is below is complete then
    std::vector<std::string> value_terms;
    std::vector<WeighedTerms> excluded_terms;
  };

  Parts CompileParts(const Node& list) {
    Parts parts;
    std::map<std::string, int> times;
    for (const Node& child : list.children) {
      if (IsLeaf(child)) ++times[LeafKey(child)];
    }
    for (const Node& child : list.children) {
      // A word said twice is one word of more weight.
      const auto said = IsLeaf(child) ? times.extract(LeafKey(child)) : decltype(times)::node_type();
      if (Skipped(child) || (IsLeaf(child) && said.empty())) continue;
      words_.set_emphasis(said.empty() ? 1 : std::min(said.mapped(), kMaxEmphasis));
      Piece piece = Compile(child);
      words_.set_emphasis(1);
      const bool value = IsLeaf(child) && IsValueField(child.field);
      NoteTerms(child, piece, value, parts);
      if (child.occur == Occur::kMustNot) {
        if (!piece.presence.empty()) parts.excluded.push_back(std::move(piece.presence));
      } else if (value) {
        parts.values.push_back(std::move(piece.query));
      } else if (IsRequired(child)) {
        parts.impossible = parts.impossible || piece.query.empty();
        parts.required.push_back(std::move(piece));
      } else {
        parts.beside.push_back(std::move(piece));
      }
    }
    return parts;
  }

  // What the part says in terms, for a WordList.
  static void NoteTerms(const Node& child, const Piece& piece, bool value, Parts& parts) {
    if (value) {
      std::string term = *piece.query.get_terms_begin();
      if (child.occur == Occur::kMustNot) {
        parts.excluded_terms.push_back({{std::move(term)}});
      } else {
        parts.value_terms.push_back(std::move(term));
      }
      return;
    }
    if (!piece.query.empty() && piece.readings.empty()) parts.words_only = false;
    if (child.occur != Occur::kMustNot) return;
    for (const Reading& reading : piece.readings)
      parts.excluded_terms.insert(parts.excluded_terms.end(), reading.any.begin(), reading.any.end());
  }

  Piece CompileList(const Node& list, bool root) {
    Parts parts = CompileParts(list);
    Piece piece;
    for (const auto* group : {&parts.required, &parts.beside}) {
      for (const Piece& part : *group) {
        piece.rarity += part.rarity;
        // A word that no document has is missing in all of them: without it the best of an index that lacks
        // it would seem better than those of an index that has it.
        piece.best += part.query.empty() ? part.rarity : part.best;
      }
    }
    if (parts.impossible) return piece;
    Query found = Together(parts);
    if (found.empty() && !(parts.required.empty() && parts.beside.empty())) return piece;
    if (root) NoteMatches(parts);
    Query bonus = Bonus(parts);
    if (root && options_.rank.share() > 0 && piece.best > 0) {
      const Query rank((new DocumentRankSource(options_.rank, piece.best))->release());
      rank_worth_ = piece.best;
      bonus = bonus.empty() ? rank : Query(Query::OP_OR, bonus, rank);
      piece.best += options_.rank.share() * piece.best;
    }
    const auto finish = [&](Query query) {
      if (!bonus.empty()) query = Query(Query::OP_AND_MAYBE, query, bonus);
      if (!parts.values.empty()) {
        const Query values = All(parts.values);
        query = query.empty() ? values : Query(Query::OP_FILTER, query, values);
      }
      return Without(std::move(query), parts.excluded);
    };
    if (root) {
      if (const Query all = AllWords(parts); !all.empty()) out_.all_words = finish(all);
      found = Boosted(std::move(found), parts.beside, piece);
      if (parts.words_only && !found.empty()) NoteList(parts);
    }
    piece.query = finish(std::move(found));
    piece.presence = piece.query.empty() ? Query() : Unweighted(piece.query);
    return piece;
  }

  void NoteList(Parts& parts) {
    WordList list{.filters = std::move(parts.value_terms),
                  .excluded = std::move(parts.excluded_terms),
                  .boost = out_.boost,
                  .rank = options_.rank,
                  .rank_worth = rank_worth_};
    const auto add = [&](Piece& piece, Choice choice, bool beside) {
      if (!piece.query.empty()) list.words.push_back({std::move(piece.readings), choice, beside});
    };
    for (Piece& piece : parts.required) add(piece, Choice::kEvery, false);
    for (Piece& piece : parts.beside) {
      const bool every = options_.needed == Needed::kAll;
      add(piece, every ? Choice::kEvery : (piece.optional ? Choice::kOptional : Choice::kAny), true);
    }
    out_.list = std::move(list);
  }

  static Query Bonus(const Parts& parts) {
    std::vector<Query> bonuses;
    for (const auto* group : {&parts.required, &parts.beside}) {
      for (const Piece& piece : *group) {
        if (!piece.bonus.empty() && !piece.query.empty()) bonuses.push_back(piece.bonus);
      }
    }
    return Any(bonuses);
  }

  // Bounds of the number of matches that cost nothing: from the words' frequencies alone.
  void NoteMatches(const Parts& parts) {
    const bool free = parts.required.empty() && parts.values.empty() && parts.excluded.empty();
    out_.matches_at_most = free ? 0 : statistics_.documents();
    for (const Piece& piece : parts.beside) {
      out_.matches_at_most += piece.frequency;
    }
    if (free && options_.needed == Needed::kEnough) out_.matches_at_least = most_frequent_needed_;
    for (const Piece& piece : parts.required)
      out_.matches_at_most = std::min(out_.matches_at_most, piece.frequency);
  }

  // Every word needed; empty unless that differs from what is needed anyway.
  Query AllWords(const Parts& parts) const {
    if (options_.needed == Needed::kAll || parts.beside.size() < 2) return {};
    std::vector<Query> all;
    for (const auto* group : {&parts.required, &parts.beside}) {
      for (const Piece& piece : *group) {
        if (piece.query.empty()) return {};
        all.push_back(piece.query);
      }
    }
    return All(all);
  }

  // What is required and what stands beside it.
  Query Together(Parts& parts) {
    const Query beside = Beside(parts.beside, !parts.required.empty());
    if (parts.required.empty()) return beside;
    std::vector<Query> required;
    for (const Piece& part : parts.required) required.push_back(part.query);
    const Query found = All(required);
    if (parts.beside.empty()) return found;
    if (options_.needed == Needed::kAll) return Query(Query::OP_AND, found, beside);
    return beside.empty() ? found : Query(Query::OP_AND_MAYBE, found, beside);
  }

  // The words that stand side by side, by strategy. With `anchored`, required words already choose the
  // documents.
  Query Beside(std::vector<Piece>& pieces, bool anchored) {
    if (pieces.empty()) return {};
    std::vector<Query> needed;
    std::vector<Query> optional;
    if (options_.needed == Needed::kAll) {
      for (const Piece& piece : pieces) needed.push_back(piece.query);
      return All(needed);
    }
    std::vector<std::size_t> order(pieces.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (options_.needed != Needed::kFirst) {
      std::stable_sort(order.begin(), order.end(),
                       [&](std::size_t a, std::size_t b) { return pieces[a].rarity > pieces[b].rarity; });
    }
    double rest = 0;
    for (const Piece& piece : pieces) rest += piece.rarity;
    const double enough = options_.enough_share * rest;
    for (std::size_t place = 0; place < order.size(); ++place) {
      const Piece& piece = pieces[order[place]];
      // All words from here on together are too common to say that a document is about the query.
      const bool may = options_.needed == Needed::kEnough ? place > 0 && rest < enough : !needed.empty();
      rest -= piece.rarity;
      pieces[order[place]].optional = may || anchored;
      if (!piece.query.empty()) (may && !anchored ? optional : needed).push_back(piece.query);
      if (!piece.query.empty() && !may)
        most_frequent_needed_ = std::max(most_frequent_needed_, piece.frequency);
      const bool lacking = piece.query.empty() && place == 0 && options_.needed == Needed::kFirst;
      if (lacking && !anchored) return {};
    }
    Query found = Any(needed);
    if (optional.empty() || found.empty()) return found;
    return Query(Query::OP_AND_MAYBE, found, Any(optional));
  }

  // Documents with all the words come first: what they get for it is more than the words can weigh.
  Query Boosted(Query found, const std::vector<Piece>& beside, Piece& whole) {
    if (options_.all_words_boost <= 0 || options_.needed == Needed::kAll || beside.size() < 2 ||
        found.empty()) {
      return found;
    }
    std::vector<Query> all;
    for (const Piece& piece : beside) {
      if (!piece.presence.empty()) all.push_back(Unweighted(piece.presence));
    }
    const double boost = options_.all_words_boost * whole.best;
    whole.best += boost;
    if (all.size() < beside.size()) return found;
    out_.boost = boost;
    const Query constant((new Xapian::FixedWeightPostingSource(boost))->release());
    return Query(Query::OP_AND_MAYBE, found, Query(Query::OP_FILTER, constant, All(all)));
  }

  TermStatistics& statistics_;
  const CompileOptions& options_;
  WordCompiler words_;
  CompiledQuery out_;
  std::set<std::string> kept_;
  std::size_t leaves_ = 0;
  std::uint32_t phrases_ = 0;
  double fallback_rarity_ = -1;
  std::uint64_t most_frequent_needed_ = 0;
  double rank_worth_ = 0;
};

}  // namespace

CompiledQuery CompileQuery(const Node& root, TermStatistics& statistics, const CompileOptions& options) {
  return Compiler(statistics, options).Run(root);
}

}  // namespace quipu::query
