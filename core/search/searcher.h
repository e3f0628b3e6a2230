// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "core/index/index_reader.h"
#include "core/search/document_groups.h"
#include "core/search/query_aids.h"
#include "core/search/ranking.h"
#include "core/search/search_request.h"
#include "core/search/search_result.h"
#include "core/search/selection.h"
#include "core/search/stage_clock.h"
#include "core/text/analyzer.h"

namespace quipu::search {

/// The languages that a query is read in where nothing is configured: those that enough documents have. Words
/// of the others are still found in the form in which they stand.
std::vector<std::string> QueryLanguages(const index::IndexFacts& facts, const Ranking& ranking = kRanking);

/// One search on one reader: text → tokens → tree → Xapian::Query → matches → hits with passages.
/// For one thread. May throw Xapian::DatabaseModifiedError: reopen the reader and search again.
class Searcher {
 public:
  /// Without `groups` hits name no near-duplicates and translations.
  Searcher(index::IndexReader& reader, text::Analyzer& analyzer, std::vector<std::string> languages,
           const Ranking& ranking = kRanking, GroupTables* groups = nullptr)
      : reader_(reader),
        analyzer_(analyzer),
        languages_(std::move(languages)),
        ranking_(ranking),
        groups_(groups) {}

  /// Restricts, orders and counts what searches find from now on; it must outlive them. Null: nothing.
  void Use(const Selection* selection) { selection_ = selection; }
  /// Newer documents weigh more from now on, as they are old at `now` (seconds since 1970).
  void PreferNew(double half_life_days, double now) {
    half_life_days_ = half_life_days;
    now_ = now;
  }
  /// From here on queries are read with these.
  void UseAids(QueryAids aids) { aids_ = std::move(aids); }

  Result<SearchResult> Search(const SearchRequest& request);

 private:
  struct Match;
  struct Window;

  query::DocumentRank RankOfDocuments() const;
  Result<query::CompileOptions> OptionsFor(const SearchRequest& request) const;
  query::CompiledQuery Compile(const SearchRequest& request, query::CompileOptions options,
                               Loosening loosening, SearchResult& result);
  /// Tries looser readings of a query that found nothing; the first that finds something takes its place.
  void Loosen(const SearchRequest& request, const query::CompileOptions& options,
              query::CompiledQuery& compiled, std::vector<Match>& matches, SearchResult& result);
  /// The matches that the request asks for, in their order.
  std::vector<Match> Find(const SearchRequest& request, const query::CompiledQuery& compiled,
                          SearchResult& result);
  /// Those of a window, by weight or as the request sorts them. All are looked at where the request asks for
  /// an order or counts, else the best.
  std::vector<Match> FindWindow(const SearchRequest& request, const Window& window,
                                const query::CompiledQuery& compiled, SearchResult& result);
  std::vector<Match> FindAllMatches(const SearchRequest& request, const Window& window,
                                    const query::CompiledQuery& compiled, SearchResult& result);
  std::vector<Match> FindMatches(const SearchRequest& request, const Window& window,
                                 const query::CompiledQuery& compiled, SearchResult& result);
  /// Whether FindInList finds what the request asks for.
  bool TakesList(const SearchRequest& request, const query::CompiledQuery& compiled) const;
  std::vector<Match> FindInList(const SearchRequest& request, const Window& window,
                                const query::CompiledQuery& compiled, SearchResult& result) const;
  bool Countable(const query::CompiledQuery& compiled, std::uint64_t most) const;
  /// Whether what is found is shown in an order that a Reranker may change.
  bool InOrderOfRank(const SearchRequest& request) const;
  /// Reads a match: the hits of the window, and the total. With `complete` only documents with all the words
  /// were asked for.
  std::vector<Match> Take(const Window& window, const query::CompiledQuery& compiled,
                          const Xapian::MSet& found, bool complete, const SearchRequest& request,
                          SearchResult& result) const;
  std::uint64_t AtLeast(const SearchRequest& request, const query::CompiledQuery& compiled) const;
  void Narrow(const SearchRequest& request, const query::CompiledQuery& compiled,
              Xapian::Enquire& enquire) const;
  void FillHits(const SearchRequest& request, const query::CompiledQuery& compiled,
                const std::vector<Match>& matches, SearchResult& result);
  void AddToHits(const SearchRequest& request, const query::CompiledQuery& compiled, SearchResult& result,
                 StageClock& clock);

  index::IndexReader& reader_;
  text::Analyzer& analyzer_;
  std::vector<std::string> languages_;
  const Ranking& ranking_;
  GroupTables* groups_;
  const Selection* selection_ = nullptr;
  QueryAids aids_;
  double half_life_days_ = 0;  // 0: new ones are not preferred
  double now_ = 0;
};

}  // namespace quipu::search
