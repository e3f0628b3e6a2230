// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/parameters/tables.h"

#include <algorithm>
#include <array>

namespace quipu::searchd {
namespace {

constexpr auto kComing = Support::kComing;
constexpr auto kLacking = Support::kLacking;

constexpr std::array kSearch = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")",
              "The query as typed; empty matches every document.", Support::kBuilt, 0, kMaxQueryBytes},
    Parameter{"offset", Kind::kCount, Code::kInvalidSearchOffset, "0",
              "How many hits to pass over; offset and limit together reach at most 10,000.", Support::kBuilt,
              0, kMaxWindow},
    Parameter{"limit", Kind::kCount, Code::kInvalidSearchLimit, "20", "How many hits to answer at most.",
              Support::kBuilt, 0, kMaxHitsPerPage},
    Parameter{"page", Kind::kCount, Code::kInvalidSearchPage, "",
              "The numbered page to answer, from 1; with it offset and limit are ignored.", Support::kBuilt,
              1, kMaxWindow},
    Parameter{"hitsPerPage", Kind::kCount, Code::kInvalidSearchHitsPerPage, "",
              "Hits on a numbered page (20 if only `page` is given); with it offset and limit are ignored.",
              Support::kBuilt, 0, kMaxHitsPerPage},
    Parameter{"attributesToRetrieve", Kind::kNames, Code::kInvalidSearchAttributesToRetrieve, R"(["*"])",
              "The stored fields in each hit; `*` is all but `body`, which must be named."},
    Parameter{"attributesToSearchOn", Kind::kNames, Code::kInvalidSearchAttributesToSearchOn, R"(["*"])",
              "Search in these text fields only."},
    Parameter{"matchingStrategy", Kind::kChoice, Code::kInvalidSearchMatchingStrategy, R"("auto")",
              "Which of the query's words a hit must have: `auto` ranks documents with all of them first and "
              "requires no single one.",
              Support::kBuilt, 0, 0, "auto|all|last|frequency"},
    Parameter{"locales", Kind::kNames, Code::kInvalidSearchLocales, "",
              "Languages to read the query in; by default those of the index."},
    Parameter{"passages", Kind::kCount, Code::kInvalidSearchPassages, "1",
              "Best passages of each hit, in `_passages`.", Support::kBuilt, 0, 5},
    Parameter{"showRankingScore", Kind::kFlag, Code::kInvalidSearchShowRankingScore, "false",
              "Adds `_rankingScore`, from 0 to 1, to each hit."},
    Parameter{"typos", Kind::kChoice, Code::kInvalidSearchTypos, R"("auto")",
              "Whether words that occur nowhere, or hardly, are also read as those that were likely meant.",
              Support::kBuilt, 0, 0, "auto|off"},
    Parameter{"filter", Kind::kFilter, Code::kInvalidSearchFilter, "",
              "Only documents that fulfil it: an expression, or an array of them (outer AND, inner OR). "
              "docs/filters.md has the grammar."},
    Parameter{"facets", Kind::kNames, Code::kInvalidSearchFacets, "",
              "Facets to count over all matches, in `facetDistribution` and `facetStats`; `*` is all."},
    Parameter{"disjunctiveFacets", Kind::kNames, Code::kInvalidSearchDisjunctiveFacets, "",
              "The same, counted as if the filter said nothing about the facet itself."},
    Parameter{"sort", Kind::kNames, Code::kInvalidSearchSort, "",
              "The order, such as `date:desc`; then by rank, then by id. Without a value comes last."},
    Parameter{"distinct", Kind::kText, Code::kInvalidSearchDistinct, "",
              "At most one hit, the first, for each value of this field."},
    Parameter{"attributesToHighlight", Kind::kNames, Code::kInvalidSearchAttributesToHighlight, "",
              "Fields to answer with the query's words marked.", kComing},
    Parameter{"highlightPreTag", Kind::kText, Code::kInvalidSearchHighlightPreTag, R"("<em>")",
              "What stands before a marked word.", kComing},
    Parameter{"highlightPostTag", Kind::kText, Code::kInvalidSearchHighlightPostTag, R"("</em>")",
              "What stands after a marked word.", kComing},
    Parameter{"attributesToCrop", Kind::kNames, Code::kInvalidSearchAttributesToCrop, "",
              "Fields to answer shortened around the query's words.", kComing},
    Parameter{"cropLength", Kind::kCount, Code::kInvalidSearchCropLength, "10", "Words in a shortened field.",
              kComing, 0, 1000},
    Parameter{"cropMarker", Kind::kText, Code::kInvalidSearchCropMarker, R"("…")",
              "What stands where a field was shortened.", kComing},
    Parameter{"showMatchesPosition", Kind::kFlag, Code::kInvalidSearchShowMatchesPosition, "false",
              "Adds the byte ranges of matches.", kComing},
    Parameter{"showRankingScoreDetails", Kind::kFlag, Code::kInvalidSearchShowRankingScoreDetails, "false",
              "Adds each term's part in the score.", kComing},
    Parameter{"rankingScoreThreshold", Kind::kNumber, Code::kInvalidSearchRankingScoreThreshold, "",
              "Leaves out hits with a lower score.", kComing, 0, 1},
    Parameter{"showPerformanceDetails", Kind::kFlag, Code::kInvalidSearchShowPerformanceDetails, "false",
              "Adds the times of the search's stages.", kComing},
    Parameter{"vector", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"hybrid", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"retrieveVectors", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"media", Kind::kAny, Code::kBadRequest, "", "Search by image.", kLacking},
    Parameter{"personalize", Kind::kAny, Code::kBadRequest, "", "Personal ranking.", kLacking},
};

constexpr std::array kFacetSearchOwn = {
    Parameter{"facetName", Kind::kText, Code::kInvalidFacetSearchFacetName, "", "The facet to look in."},
    Parameter{"facetQuery", Kind::kText, Code::kInvalidFacetSearchFacetQuery, "",
              "What its values must contain, in any case and with or without accents; empty: any.",
              Support::kBuilt, 0, kMaxQueryBytes},
};

// Clients send the whole search along; what only shows hits has no effect.
constexpr auto kFacetSearch = [] {
  std::array<Parameter, kFacetSearchOwn.size() + kSearch.size()> all{};
  std::copy(kFacetSearchOwn.begin(), kFacetSearchOwn.end(), all.begin());
  std::copy(kSearch.begin(), kSearch.end(), all.begin() + kFacetSearchOwn.size());
  return all;
}();

constexpr std::array kList = {
    Parameter{"offset", Kind::kCount, Code::kBadRequest, "0", "How many indexes to pass over.",
              Support::kBuilt, 0, kMaxWindow},
    Parameter{"limit", Kind::kCount, Code::kBadRequest, "20", "How many indexes to answer at most.",
              Support::kBuilt, 0, kMaxHitsPerPage},
};

constexpr std::array kDocumentList = {
    Parameter{"offset", Kind::kCount, Code::kBadRequest, "0", "How many documents to pass over.",
              Support::kBuilt, 0, kMaxWindow},
    Parameter{"limit", Kind::kCount, Code::kBadRequest, "20", "How many documents to answer at most.",
              Support::kBuilt, 0, kMaxHitsPerPage},
    Parameter{"fields", Kind::kNames, Code::kBadRequest, R"(["*"])",
              "The stored fields in each document; `*` is all but `body`, which must be named."},
    Parameter{"filter", Kind::kFilter, Code::kInvalidSearchFilter, "",
              "Only documents that fulfil it; docs/filters.md has the grammar."},
};

constexpr std::array kSuggest = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")",
              "What has been typed so far; nothing completes an empty text.", Support::kBuilt, 0,
              kMaxQueryBytes},
    Parameter{"limit", Kind::kCount, Code::kInvalidSearchLimit, "10",
              "How many completions to answer at most.", Support::kBuilt, 0, kMaxSuggestions},
};

constexpr std::array kDocument = {
    Parameter{"fields", Kind::kNames, Code::kBadRequest, R"(["*","body"])",
              "The stored fields to answer; by default all with the body."},
};

constexpr std::array kPage = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")", "The query as typed.", Support::kBuilt, 0,
              kMaxQueryBytes},
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "Which index to search; by default the first."},
    Parameter{"page", Kind::kCount, Code::kInvalidSearchPage, "1", "The page of results, from 1.",
              Support::kBuilt, 1, kMaxWindow},
    Parameter{"typos", Kind::kChoice, Code::kInvalidSearchTypos, R"("auto")",
              "Whether misspelt words are corrected.", Support::kBuilt, 0, 0, "auto|off"},
};

constexpr std::array kView = {
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "The index; by default the first."},
    Parameter{"id", Kind::kText, Code::kBadRequest, "", "The document's id."},
};

constexpr std::array kOpenSearch = {
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "Which index to search; by default the first."},
};

}  // namespace

std::span<const Parameter> SearchParameters() { return kSearch; }
std::span<const Parameter> FacetSearchParameters() { return kFacetSearch; }
std::span<const Parameter> ListParameters() { return kList; }
std::span<const Parameter> DocumentListParameters() { return kDocumentList; }
std::span<const Parameter> DocumentParameters() { return kDocument; }
std::span<const Parameter> SuggestParameters() { return kSuggest; }
std::span<const Parameter> PageParameters() { return kPage; }
std::span<const Parameter> ViewParameters() { return kView; }
std::span<const Parameter> OpenSearchParameters() { return kOpenSearch; }

}  // namespace quipu::searchd
