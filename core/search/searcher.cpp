// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/searcher.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "core/index/text_store.h"
#include "core/query/query_analysis.h"
#include "core/query/query_parser.h"
#include "core/schema/field.h"
#include "core/search/best_documents.h"
#include "core/search/deadline.h"
#include "core/search/distinct.h"
#include "core/search/field_formatter.h"
#include "core/search/passages.h"
#include "core/search/postings.h"
#include "core/search/reranker.h"
#include "core/search/score_parts.h"
#include "core/search/whole_match.h"
#include "core/search/word_list_match.h"
#include "core/text/language.h"

namespace quipu::search {

struct Searcher::Match {
  Xapian::docid docid = 0;
  double weight = 0;
  double own = 0;  // the weight before the order of the best was changed
};

/// Which of the matches are looked for.
struct Searcher::Window {
  std::uint32_t offset = 0;
  std::uint32_t limit = 0;
  std::uint32_t enough = 0;  // with so many that have all the words, others need not be looked for

  std::uint32_t end() const { return offset + limit; }
};

namespace {

query::Needed NeededBy(MatchingStrategy strategy) {
  switch (strategy) {
    case MatchingStrategy::kAuto: return query::Needed::kEnough;
    case MatchingStrategy::kAll: return query::Needed::kAll;
    case MatchingStrategy::kLast: return query::Needed::kFirst;
    case MatchingStrategy::kFrequency: return query::Needed::kRarest;
  }
  return query::Needed::kEnough;
}

Instant DeadlineOf(const SearchRequest& request, const Selection* selection) {
  if (selection != nullptr) return selection->deadline();
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(request.deadline_ms);
}

Xapian::Query Guarded(const Xapian::Query& query, Instant deadline) {
  const Xapian::Query source((new DeadlineSource(deadline))->release());
  return Xapian::Query(Xapian::Query::OP_FILTER, query, source);
}

bool IsTextField(const schema::Field& field) { return field.weight > 0 && !field.boolean; }

constexpr std::size_t kMaxFieldName = 64;

// A field that some document brought has words under a prefix of its own.
bool IsUserField(const Xapian::Database& database, std::string_view name) {
  if (name.size() > kMaxFieldName || schema::FindField(name) != nullptr) return false;
  const std::string prefix = schema::FieldTextPrefix(name);
  return database.allterms_begin(prefix) != database.allterms_end(prefix);
}

std::string TextFieldNames() {
  std::string names;
  for (const schema::Field& field : schema::Fields()) {
    if (IsTextField(field)) names += (names.empty() ? "`" : ", `") + std::string(field.name) + '`';
  }
  return names;
}

}  // namespace

std::vector<std::string> QueryLanguages(const index::IndexFacts& facts, const Ranking& ranking) {
  std::vector<std::string> languages;
  for (const std::string& language : facts.languages) {
    const auto count = facts.language_counts.find(language);
    const bool few = count == facts.language_counts.end() ||
                     static_cast<double>(count->second) <
                         ranking.least_language_share * static_cast<double>(facts.documents);
    if (languages.size() < ranking.most_languages && (!few || languages.empty()))
      languages.push_back(language);
  }
  return languages;
}

query::DocumentRank Searcher::RankOfDocuments() const {
  constexpr double kDaySeconds = 86400;
  query::DocumentRank rank;
  if (reader_.database().get_value_freq(schema::kBoostSlot) > 0) rank.boost_share = ranking_.boost_share;
  if (half_life_days_ > 0) {
    rank.recency_share = ranking_.recency_share;
    rank.half_life_s = half_life_days_ * kDaySeconds;
    rank.now = now_;
  }
  return rank;
}

Result<query::CompileOptions> Searcher::OptionsFor(const SearchRequest& request) const {
  query::CompileOptions options = CompileOptionsOf(ranking_);
  options.needed = NeededBy(request.matching_strategy);
  options.rank = RankOfDocuments();
  for (const std::string& name : request.attributes_to_search_on) {
    if (name == "*") continue;
    const schema::Field* field = schema::FindField(name);
    const bool searchable = field != nullptr ? IsTextField(*field) : IsUserField(reader_.database(), name);
    if (!searchable) {
      return Error{
          Code::kInvalidSearchAttributesToSearchOn,
          "`" + name + "` cannot be searched on. Searchable attributes are " + TextFieldNames() + "."};
    }
    options.fields.push_back(name);
  }
  return options;
}

query::CompiledQuery Searcher::Compile(const SearchRequest& request, query::CompileOptions options,
                                       Loosening loosening, SearchResult& result) {
  std::vector<std::string> languages;
  for (const std::string& tag : request.locales) {
    if (std::string language = text::PrimaryLanguage(tag); !language.empty())
      languages.push_back(std::move(language));
  }
  if (languages.empty()) languages = languages_;
  const std::vector<query::Lexeme> lexemes = query::Lex(request.q, [&](std::string_view name) {
    return query::IsSearchableField(name) || IsUserField(reader_.database(), name);
  });
  query::Node tree = query::ParseLexemes(lexemes);
  if (request.explain)
    result.explanation = "tokens: " + query::Print(lexemes) + "\ntree: " + query::Print(tree);
  query::AnalyzeQuery(tree, analyzer_, languages);
  query::TermStatistics statistics(reader_.database());
  const QueryReading reading{.q = request.q,
                             .tree = tree,
                             .statistics = statistics,
                             .analyzer = analyzer_,
                             .languages = languages,
                             .ranking = ranking_,
                             .typos = request.typos,
                             .loosening = loosening};
  const AidedQuery aided = AidQuery(reading, aids_);
  if (aided.correction) result.corrected = {aided.correction->text, aided.correction->applied};
  if (loosening >= Loosening::kWords) LoosenWords(reading, options);
  query::CompiledQuery compiled = query::CompileQuery(tree, statistics, options);
  PinDocuments(compiled, aided.pinned_ids);
  // Not Xapian::Query::MatchAll: that is one object for all threads, and its count of owners is not atomic.
  if (tree.children.empty())
    compiled.query = Xapian::Query(Xapian::Query::OP_SCALE_WEIGHT, Xapian::Query(std::string()), 0);
  if (request.explain) {
    result.explanation +=
        "\nanalysed: " + query::Print(tree) + "\nquery: " + compiled.query.get_description() + '\n';
  }
  return compiled;
}

// So many matches there are without counting them.
std::uint64_t Searcher::AtLeast(const SearchRequest& request, const query::CompiledQuery& compiled) const {
  const std::uint64_t folded =
      request.fold_duplicates ? reader_.database().get_value_freq(schema::kDuplicateSlot) : 0;
  return compiled.matches_at_least > folded ? compiled.matches_at_least - folded : 0;
}

// What is shown of the matches.
void Searcher::Narrow(const SearchRequest& request, const query::CompiledQuery& compiled,
                      Xapian::Enquire& enquire) const {
  if (request.score_threshold > 0) enquire.set_cutoff(0, request.score_threshold * compiled.best_weight);
  // Looking up a slot of every match costs something, so it is done only where there are duplicates.
  if (request.fold_duplicates && HasDuplicates(reader_.database()))
    enquire.set_collapse_key(schema::kDuplicateSlot);
}

std::vector<Searcher::Match> Searcher::FindAllMatches(const SearchRequest& request, const Window& window,
                                                      const query::CompiledQuery& compiled,
                                                      SearchResult& result) {
  WholeMatch whole(reader_.database(), ranking_.shape, *selection_,
                   request.score_threshold * compiled.best_weight);
  SearchRequest wider = request;
  wider.offset = window.offset;
  wider.limit = window.limit;
  std::vector<Match> matches;
  for (const Candidate& hit : whole.Run(compiled, wider, result))
    matches.push_back({hit.docid, hit.weight, hit.weight});
  return matches;
}

std::vector<Searcher::Match> Searcher::FindWindow(const SearchRequest& request, const Window& window,
                                                  const query::CompiledQuery& compiled,
                                                  SearchResult& result) {
  const bool all = selection_ != nullptr && selection_->NeedsAllMatches();
  return all ? FindAllMatches(request, window, compiled, result)
             : FindMatches(request, window, compiled, result);
}

bool Searcher::InOrderOfRank(const SearchRequest& request) const {
  return !request.newest_first && request.sort.empty() && request.attributes_to_search_on.empty();
}

std::vector<Searcher::Match> Searcher::Find(const SearchRequest& request,
                                            const query::CompiledQuery& compiled, SearchResult& result) {
  const Window asked{request.offset, request.limit, request.limit};
  const std::uint32_t among = ranking_.rerank_documents;
  // Every page before this one is reordered among the same documents, and what is behind them is not.
  if (asked.offset >= among || asked.limit == 0 || compiled.query.empty() || !InOrderOfRank(request))
    return FindWindow(request, asked, compiled, result);
  const Reranker reranker(reader_.database(), compiled, ranking_);
  if (!reranker.Useful()) return FindWindow(request, asked, compiled, result);
  const Instant deadline = DeadlineOf(request, selection_);
  const auto best_shared = static_cast<std::uint32_t>(ranking_.feedback.documents);
  const Window wide{0, std::max(asked.end(), among), std::max(asked.end(), best_shared)};
  std::vector<Match> matches = FindWindow(request, wide, compiled, result);
  if (!result.partial) {
    std::vector<Candidate> best;
    for (const Match& match : matches) {
      if (best.size() < among) best.push_back({match.docid, match.weight});
    }
    std::map<Xapian::docid, double> own;
    for (const Candidate& one : best) own[one.docid] = one.weight;
    result.partial = !reranker.Reorder(best, deadline);
    for (std::size_t i = 0; i < best.size(); ++i)
      matches[i] = {best[i].docid, best[i].weight, own[best[i].docid]};
  }
  matches.erase(matches.begin(),
                matches.begin() + std::min<std::ptrdiff_t>(std::ssize(matches), asked.offset));
  if (matches.size() > asked.limit) matches.resize(asked.limit);
  return matches;
}

std::vector<Searcher::Match> Searcher::Take(const Window& window, const query::CompiledQuery& compiled,
                                            const Xapian::MSet& found, bool complete,
                                            const SearchRequest& request, SearchResult& result) const {
  const bool filtered = selection_ != nullptr && selection_->filter() != nullptr;
  std::vector<Match> matches;
  result.total = found.get_matches_lower_bound();
  result.total_is_exact = !complete && result.total == found.get_matches_upper_bound();
  if (!result.total_is_exact && compiled.matches_at_least > 0 && !filtered) {
    // The same on every page, whatever each page's match happened to count.
    result.total = std::max<std::uint64_t>(AtLeast(request, compiled), window.offset + found.size());
  }
  for (auto hit = found.begin(); hit != found.end(); ++hit) {
    const double weight = hit.get_weight() + (complete ? compiled.boost : 0);
    matches.push_back({*hit, weight, weight});
  }
  const std::uint64_t counted = found.get_matches_lower_bound();
  const std::uint64_t due = counted > window.offset ? counted - window.offset : 0;
  if (matches.size() < std::min<std::uint64_t>(due, window.limit)) throw ShortPostings();
  return matches;
}

// Whether no more than `most` documents can match.
bool Searcher::Countable(const query::CompiledQuery& compiled, std::uint64_t most) const {
  if (compiled.matches_at_most <= most) return true;
  return selection_ != nullptr && selection_->filter() != nullptr && selection_->filter()->Count() <= most;
}

bool Searcher::TakesList(const SearchRequest& request, const query::CompiledQuery& compiled) const {
  const bool folds = request.fold_duplicates && HasDuplicates(reader_.database());
  return WordListMatch::Suits(compiled) && !request.newest_first && request.score_threshold <= 0 &&
         (!folds || groups_ != nullptr);
}

std::vector<Searcher::Match> Searcher::FindInList(const SearchRequest& request, const Window& window,
                                                  const query::CompiledQuery& compiled,
                                                  SearchResult& result) const {
  const Xapian::Database& database = reader_.database();
  std::shared_ptr<const GroupTable> copies;
  if (request.fold_duplicates && HasDuplicates(database))
    copies = groups_->Of(reader_, schema::kDuplicateSlot);
  const DocSet* among = selection_ != nullptr ? selection_->filter().get() : nullptr;
  ListAsked asked{.keep = window.end(),
                  .count = Countable(compiled, ranking_.count_exactly),
                  .among = among,
                  .copies = copies.get(),
                  .deadline = DeadlineOf(request, selection_)};
  ListFound found;
  bool enough = false;
  if (!asked.count && !compiled.all_words.empty()) {
    found = WordListMatch(database, *compiled.list, ranking_.shape).BestWithAllWords(asked);
    enough = !found.complete || found.best.size() >= window.offset + window.enough;
  }
  if (!enough) found = WordListMatch(database, *compiled.list, ranking_.shape).Best(asked);
  result.partial = !found.complete;
  result.total_is_exact = asked.count && found.complete;
  result.total = found.matches;
  if (!asked.count && found.complete && compiled.matches_at_least > 0 && among == nullptr) {
    // The same on every page, whatever each page's match happened to count.
    result.total = std::max<std::uint64_t>(AtLeast(request, compiled), found.best.size());
  }
  std::vector<Match> matches;
  for (std::size_t i = window.offset; i < found.best.size(); ++i)
    matches.push_back({found.best[i].docid, found.best[i].weight, found.best[i].weight});
  return matches;
}

std::vector<Searcher::Match> Searcher::FindMatches(const SearchRequest& request, const Window& window,
                                                   const query::CompiledQuery& compiled,
                                                   SearchResult& result) {
  std::vector<Match> matches;
  if (compiled.query.empty()) return matches;
  if (TakesList(request, compiled)) return FindInList(request, window, compiled, result);
  const bool filtered = selection_ != nullptr && selection_->filter() != nullptr;
  Xapian::Enquire enquire(reader_.database());
  enquire.set_weighting_scheme(query::TermWeight(ranking_.shape));
  Narrow(request, compiled, enquire);
  Xapian::MultiValueKeyMaker newest;
  newest.add_value(schema::kDateSlot, true);
  newest.add_value(schema::kIdSlot);
  if (request.newest_first) enquire.set_sort_by_key(&newest, false);
  BestSoFar best(window.end());
  // Neighbours are looked for in every document that has the words: that is where time goes.
  const bool guard =
      compiled.positional || compiled.postings > ranking_.guard_postings || request.deadline_ms < 50;
  if (guard) enquire.add_matchspy(&best);
  const auto guarded = [&, deadline = DeadlineOf(request, selection_)](const Xapian::Query& found) {
    const Xapian::Query query = filtered ? selection_->Restricted(found) : found;
    return guard ? Guarded(query, deadline) : query;
  };
  try {
    // Counting matches one by one is what costs most where there are many of them.
    const bool countable = Countable(compiled, ranking_.count_others_exactly) || request.score_threshold > 0;
    Xapian::MSet found;
    bool complete = false;
    if (!countable && !compiled.all_words.empty() && !request.newest_first) {
      enquire.set_query(guarded(compiled.all_words));
      found = enquire.get_mset(window.offset, window.limit);
      complete = found.size() >= window.enough;
    }
    if (!complete) {
      enquire.set_query(guarded(compiled.query));
      found = enquire.get_mset(window.offset, window.limit,
                               countable ? reader_.database().get_doccount() : window.end());
    }
    return Take(window, compiled, found, complete, request, result);
  } catch (const DeadlinePassed&) {
    result.partial = true;
    result.total_is_exact = false;
    result.total = best.seen();
    const auto sorted = best.Sorted();
    for (std::size_t i = window.offset; i < sorted.size(); ++i)
      matches.push_back({sorted[i].docid, sorted[i].weight, sorted[i].weight});
  }
  return matches;
}

void Searcher::FillHits(const SearchRequest& request, const query::CompiledQuery& compiled,
                        const std::vector<Match>& matches, SearchResult& result) {
  PassageFinder passages(reader_.database(), analyzer_, compiled.words);
  // Looking for the words of a long query in twenty documents may cost as much as matching them: once time is
  // up, a hit shows how its document begins.
  const std::vector<query::SoughtWord> no_words;
  PassageFinder openings(reader_.database(), analyzer_, no_words);
  const Instant deadline = DeadlineOf(request, selection_);
  for (const Match& match : matches) {
    const bool late = std::chrono::steady_clock::now() > deadline;
    if (late) result.partial = true;
    Hit hit;
    hit.docid = match.docid;
    hit.score = compiled.best_weight > 0 ? std::min(1.0, match.weight / compiled.best_weight) : 1;
    hit.moved = compiled.best_weight > 0 ? (match.weight - match.own) / compiled.best_weight : 0;
    if (request.scores_only && selection_ != nullptr)
      hit.sort_values = selection_->order().ValuesOf(hit.docid);
    if (!request.scores_only) {
      const Xapian::Document stored = reader_.database().get_document(match.docid);
      hit.document = index::IndexReader::Stored(stored);
      const std::uint64_t text = index::IndexReader::TextNumber(stored);
      if (request.with_body) hit.document.body = index::ReadText(reader_.database(), text);
      PassageFinder& finder = late ? openings : passages;
      hit.title_html = finder.Highlight(hit.document.title, hit.document.language);
      if (request.passages > 0) hit.passages = finder.Find(hit.document, text, request.passages);
    }
    result.hits.push_back(std::move(hit));
  }
}

// What only some searches ask for.
void Searcher::AddToHits(const SearchRequest& request, const query::CompiledQuery& compiled,
                         SearchResult& result, StageClock& clock) {
  if (request.scores_only) return;
  if (request.format.Formats() || request.format.matches_position) {
    const std::vector<query::SoughtWord> no_words;
    FieldFormatter marked(reader_.database(), analyzer_, compiled.words, request.format);
    FieldFormatter plain(reader_.database(), analyzer_, no_words, request.format);
    const Instant deadline = DeadlineOf(request, selection_);
    for (Hit& hit : result.hits) {
      const bool late = std::chrono::steady_clock::now() > deadline;
      if (late) result.partial = true;
      (late ? plain : marked).Format(reader_.TextNumber(hit.docid), hit);
    }
    clock.End("search > format");
  }
  if (request.score_details) {
    if (!ExplainScores(reader_.database(), ranking_.shape, compiled, result.hits,
                       DeadlineOf(request, selection_)))
      result.partial = true;
    clock.End("search > explain scores");
  }
  if (groups_ != nullptr) {
    // What the filter keeps from being found must not be named beside what is found either.
    const DocSet* allowed = selection_ != nullptr ? selection_->filter().get() : nullptr;
    FindRelated(reader_, *groups_, {request.fold_duplicates, allowed}, result.hits);
    clock.End("search > related documents");
  }
}

void Searcher::Loosen(const SearchRequest& request, const query::CompileOptions& options,
                      query::CompiledQuery& compiled, std::vector<Match>& matches, SearchResult& result) {
  const std::string corrected = result.corrected ? result.corrected->text : "";
  for (const Loosening step : {Loosening::kTypos, Loosening::kWords}) {
    if (step == Loosening::kTypos && !request.typos) continue;
    SearchResult looser;
    query::CompiledQuery looser_query = Compile(request, options, step, looser);
    std::vector<Match> found = Find(request, looser_query, looser);
    if (looser.total == 0) continue;
    if (looser.corrected && looser.corrected->text != corrected) looser.relaxed.emplace_back("typos");
    if (step == Loosening::kWords) looser.relaxed.emplace_back("words");
    compiled = std::move(looser_query);
    matches = std::move(found);
    looser.times = std::move(result.times);
    result = std::move(looser);
    return;
  }
}

Result<SearchResult> Searcher::Search(const SearchRequest& request) {
  Result<query::CompileOptions> options = OptionsFor(request);
  if (!options) return options.error();
  SearchResult result;
  if (request.deadline_ms <= 0) {
    // The queries before it in a multi-search took all the time: not even reading this one is free.
    result.partial = true;
    result.total_is_exact = false;
    return result;
  }
  StageClock clock(result.times);
  query::CompiledQuery compiled = Compile(request, *options, Loosening::kNone, result);
  clock.End("search > read query");
  std::vector<Match> matches = Find(request, compiled, result);
  const bool truncated = compiled.truncated;
  if (result.total == 0 && !result.partial) Loosen(request, *options, compiled, matches, result);
  result.truncated_query = truncated || compiled.truncated;
  if (selection_ != nullptr && selection_->expired()) result.partial = true;
  clock.End("search > match");
  FillHits(request, compiled, matches, result);
  clock.End("search > read documents");
  AddToHits(request, compiled, result, clock);
  return result;
}

}  // namespace quipu::search
