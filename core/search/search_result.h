// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/schema/document.h"
#include "core/search/facet_counts.h"

namespace quipu::search {

/// A place in a document that shows why it was found.
struct Passage {
  std::string html;  // the document's text escaped; only <mark> and </mark> are markup
  std::string heading;
  std::uint32_t page = 0;  // 0: not paged
  std::string url;         // the document's url with #page=N, #anchor or a text fragment
};

/// Where a word of the query stands in a stored field: whole characters, never beyond its end.
struct MatchPosition {
  std::uint32_t start = 0;  // bytes
  std::uint32_t length = 0;
  int index = -1;  // in the field's array; -1: it is none
};

/// What one part of the query adds to a document's score.
struct ScorePart {
  std::string kind;   // "word", "form", "accents", "prefix", "phrase", "near", "all words", "document",
                      // "order", "pinned", "other"
  std::string words;  // of the query, where one can be named
  std::string field;  // empty: anywhere in the document
  double score = 0;   // of Hit::score; those of all parts add up to it; below 0 only for "order"
  std::uint64_t documents = 0;  // how many of the index have it; 0: not counted
};

/// A document that a hit stands for or goes with.
struct RelatedDocument {
  std::string id, url, title, date, language;
};

/// What a document has of one key of `sort`, comparable across indexes.
struct SortValue {
  enum class Kind : std::uint8_t { kNumber, kText, kNone };  // in this order, in both directions
  Kind kind = Kind::kNone;
  double number = 0;  // dates are seconds since 1970
  std::string text;   // folded
};

/// Below 0 if `a` comes before `b`, above 0 if behind it.
int Compare(const SortValue& a, const SortValue& b, bool descending);

struct Hit {
  schema::Document document;  // as stored; body only if asked for
  std::string title_html;     // the title escaped, the query's words marked as in Passage::html
  double score = 0;           // 0 to 1, comparable within one answer and across indexes
  std::vector<Passage> passages;

  std::uint32_t docid = 0;
  double moved = 0;  // of the score: what it has or lacks for its place, above what its words weigh
  std::vector<std::pair<std::string, schema::FieldValue>> formatted;  // numbers are texts there
  std::vector<std::pair<std::string, std::vector<MatchPosition>>> matches;
  std::vector<SortValue> sort_values;         // of SearchRequest::sort, with scores_only
  std::vector<ScorePart> score_parts;         // the largest first
  std::vector<RelatedDocument> duplicates;    // near-duplicates that this hit stands for, a few of them
  std::uint64_t duplicates_count = 0;         // all of them
  std::vector<RelatedDocument> translations;  // the same in other languages
};

struct StageTime {
  std::string_view name;
  std::int64_t nanoseconds = 0;
};

/// The query with its misspelt words put right, all else as typed.
struct CorrectedQuery {
  std::string text;
  bool applied = false;  // the hits are those of the corrected words too; else it is only offered
};

struct SearchResult {
  std::vector<Hit> hits;
  std::uint64_t total = 0;
  std::vector<FacetCounts> facets;  // in the order in which they were asked for
  bool total_is_exact = true;
  bool partial = false;          // the deadline ended the match early
  bool truncated_query = false;  // over 64 terms: the rarest 64 were kept
  std::optional<CorrectedQuery> corrected;
  std::vector<std::string> relaxed;            // what was loosened since nothing was found: "typos", "words"
  std::string explanation;                     // stages of the query, for people
  std::vector<StageTime> times;                // of the search's stages, in their order
  std::uint64_t generation = 0, revision = 0;  // the state that was searched
};

}  // namespace quipu::search
