// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/similar.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>
#include <vector>

#include "core/index/text_store.h"
#include "core/query/term_statistics.h"
#include "core/query/term_weight.h"
#include "core/schema/field.h"
#include "core/search/deadline.h"
#include "core/search/stage_clock.h"

namespace quipu::search {
namespace {

using Xapian::Query;

constexpr std::size_t kMaxWords = 32;
// How many words of a document have their frequency looked up: those that it has most often.
constexpr std::size_t kMaxCandidates = 600;
// Documents that share less than this of what the document weighs share only a common word or two.
constexpr double kLeastShare = 0.06;
// What a word of the title counts more.
constexpr double kTitleFactor = 2;

struct TellingWord {
  std::string term;
  double wdf = 0;
  bool in_title = false;
  double worth = 0;
};

bool IsStem(std::string_view term) { return term.size() > 1 && term[0] == 'Z'; }
// Stems without a field are those of the whole document.
bool IsOfWholeDocument(std::string_view term) { return term[1] < 'A' || term[1] > 'Z'; }

// A number or a letter says nothing by itself.
bool SaysSomething(std::string_view stem) {
  const bool number =
      std::all_of(stem.begin(), stem.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
  return stem.size() > 2 && !number;
}

std::vector<TellingWord> WordsOf(const Xapian::Database& database, Xapian::docid docid) {
  std::vector<TellingWord> words;
  std::vector<std::string> title;
  const std::string title_prefix = "Z" + std::string(schema::FindField("title")->prefix);
  auto term = database.termlist_begin(docid);
  // Stems stand together; the other terms of a long document are many.
  term.skip_to("Z");
  for (; term != database.termlist_end(docid); ++term) {
    const std::string name = *term;
    if (!IsStem(name)) break;
    if (name.starts_with(title_prefix)) title.push_back("Z" + name.substr(title_prefix.size()));
    if (IsOfWholeDocument(name) && SaysSomething(std::string_view(name).substr(1)))
      words.push_back({name, static_cast<double>(term.get_wdf()), false, 0});
  }
  for (TellingWord& word : words)
    word.in_title = std::find(title.begin(), title.end(), word.term) != title.end();
  const std::size_t keep = std::min(words.size(), kMaxCandidates);
  std::partial_sort(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(keep), words.end(),
                    [](const TellingWord& a, const TellingWord& b) {
                      if (a.in_title != b.in_title) return a.in_title;
                      return a.wdf != b.wdf ? a.wdf > b.wdf : a.term < b.term;
                    });
  words.resize(keep);
  return words;
}

/// The words that tell the document from others, with what each is worth.
std::vector<TellingWord> BestWords(const Xapian::Database& database, Xapian::docid docid,
                                   const Ranking& ranking) {
  query::TermStatistics statistics(database);
  std::vector<TellingWord> words = WordsOf(database, docid);
  const double length = database.get_doclength(docid) / std::max(1.0, database.get_avlength());
  const double k = ranking.shape.k1 * (1 - ranking.shape.b + ranking.shape.b * length);
  for (TellingWord& word : words) {
    const std::uint32_t frequency = statistics.Frequency(word.term);
    // Only this document has it, or so many do that it brings everything in.
    if (frequency < 2 || (frequency > 20 && frequency > statistics.documents() / 2)) continue;
    word.worth =
        statistics.Rarity(frequency) * word.wdf / (word.wdf + k) * (word.in_title ? kTitleFactor : 1);
  }
  std::erase_if(words, [](const TellingWord& word) { return word.worth <= 0; });
  std::sort(words.begin(), words.end(), [](const TellingWord& a, const TellingWord& b) {
    return a.worth != b.worth ? a.worth > b.worth : a.term < b.term;
  });
  words.resize(std::min(words.size(), kMaxWords));
  return words;
}

Query AnyOf(const std::vector<TellingWord>& words) {
  std::vector<Query> any;
  for (const TellingWord& word : words) {
    any.emplace_back(Query::OP_SCALE_WEIGHT, Query(word.term),
                     query::LeafFactor(word.worth, query::TermKind::kText));
  }
  return Query(Query::OP_OR, any.begin(), any.end());
}

/// What the document itself weighs in `query`.
double OwnWeight(Xapian::Enquire& enquire, const Query& query, const std::string& id) {
  enquire.set_query(Query(Query::OP_FILTER, query, Query(schema::IdTerm(id))));
  const Xapian::MSet own = enquire.get_mset(0, 1);
  return own.empty() ? 0 : own.begin().get_weight();
}

Query Without(const Query& query, const std::string& id, const std::string& group) {
  Query excluded(schema::IdTerm(id));
  if (!group.empty())
    excluded =
        Query(Query::OP_OR, excluded, Query(Query::OP_VALUE_RANGE, schema::kDuplicateSlot, group, group));
  return Query(Query::OP_AND_NOT, query, excluded);
}

void FillHits(const index::IndexReader& reader, const Xapian::MSet& found, const SimilarRequest& request,
              double own, SearchResult& result) {
  for (auto match = found.begin(); match != found.end(); ++match) {
    Hit hit;
    hit.docid = *match;
    hit.document = reader.StoredDocument(*match);
    hit.score = std::min(1.0, match.get_weight() / own);
    if (request.with_body) hit.document.body = index::ReadText(reader.database(), reader.TextNumber(*match));
    result.hits.push_back(std::move(hit));
  }
}

}  // namespace

Result<SearchResult> FindSimilar(const index::IndexReader& reader, GroupTables& tables,
                                 const SimilarRequest& request, const Selection* selection,
                                 const Ranking& ranking) {
  const Xapian::docid docid = reader.FindDocument(request.id);
  if (docid == 0) return Error{Code::kDocumentNotFound, "Document `" + request.id + "` not found."};
  SearchResult result;
  StageClock clock(result.times);
  const Xapian::Database& database = reader.database();
  const Instant deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(request.deadline_ms);
  const std::vector<TellingWord> words = BestWords(database, docid, ranking);
  clock.End("similar > choose words");
  if (words.empty()) return result;
  const bool fold = request.fold_duplicates && database.get_value_freq(schema::kDuplicateSlot) > 0;
  const std::string group =
      fold ? database.get_document(docid).get_value(schema::kDuplicateSlot) : std::string();
  const Query query = AnyOf(words);
  Xapian::Enquire enquire(database);
  enquire.set_weighting_scheme(query::TermWeight(ranking.shape));
  const double own = OwnWeight(enquire, query, request.id);
  if (own <= 0) return result;
  const Query source((new DeadlineSource(deadline))->release());
  const Query others = Without(query, request.id, group);
  enquire.set_query(
      Query(Query::OP_FILTER, selection != nullptr ? selection->Restricted(others) : others, source));
  enquire.set_cutoff(0, own * std::max(kLeastShare, request.score_threshold));
  if (fold) enquire.set_collapse_key(schema::kDuplicateSlot);
  try {
    const Xapian::MSet found = enquire.get_mset(request.offset, request.limit, database.get_doccount());
    clock.End("similar > match");
    result.total = found.get_matches_lower_bound();
    result.total_is_exact = result.total == found.get_matches_upper_bound();
    FillHits(reader, found, request, own, result);
  } catch (const DeadlinePassed&) {
    result.partial = true;
    result.total_is_exact = false;
  }
  if (selection != nullptr && selection->expired()) result.partial = true;
  FindRelated(reader, tables, {fold, selection != nullptr ? selection->filter().get() : nullptr},
              result.hits);
  clock.End("similar > read documents");
  return result;
}

}  // namespace quipu::search
