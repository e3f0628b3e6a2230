// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
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

struct Hit {
  schema::Document document;  // as stored; body only if asked for
  std::string title_html;     // the title escaped, the query's words marked as in Passage::html
  double score = 0;           // 0 to 1, comparable within one answer and across indexes
  std::vector<Passage> passages;
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
  std::vector<std::string> relaxed;  // what was loosened since nothing was found: "typos", "words"
  std::string explanation;           // stages of the query, for people
};

}  // namespace quipu::search
