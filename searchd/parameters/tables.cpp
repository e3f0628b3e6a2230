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
    Parameter{"attributesToHighlight", Kind::kNames, Code::kInvalidSearchAttributesToHighlight, "",
              "Fields to show in `_formatted` with the query's words marked; `*` is every field shown."},
    Parameter{"highlightPreTag", Kind::kText, Code::kInvalidSearchHighlightPreTag, R"("<em>")",
              "What stands before a marked word.", Support::kBuilt, 0, kMaxTagBytes},
    Parameter{"highlightPostTag", Kind::kText, Code::kInvalidSearchHighlightPostTag, R"("</em>")",
              "What stands after a marked word.", Support::kBuilt, 0, kMaxTagBytes},
    Parameter{
        "attributesToCrop", Kind::kNames, Code::kInvalidSearchAttributesToCrop, "",
        "Fields to show in `_formatted` shortened around the query's words; `body:30` sets the length."},
    Parameter{"cropLength", Kind::kCount, Code::kInvalidSearchCropLength, "10",
              "Words in a shortened field; 0 leaves it whole.", Support::kBuilt, 0, kMaxCropWords},
    Parameter{"cropMarker", Kind::kText, Code::kInvalidSearchCropMarker, R"("…")",
              "What stands where a field was cut.", Support::kBuilt, 0, kMaxTagBytes},
    Parameter{"showMatchesPosition", Kind::kFlag, Code::kInvalidSearchShowMatchesPosition, "false",
              "Adds `_matchesPosition`: the bytes of each field at which words were found."},
    Parameter{"showRankingScoreDetails", Kind::kFlag, Code::kInvalidSearchShowRankingScoreDetails, "false",
              "Adds `_rankingScoreDetails`: what each part of the query adds to the score."},
    Parameter{"rankingScoreThreshold", Kind::kNumber, Code::kInvalidSearchRankingScoreThreshold, "",
              "Leaves out hits with a lower score; the total does not count them.", Support::kBuilt, 0, 1},
    Parameter{
        "duplicates", Kind::kChoice, Code::kInvalidSearchDuplicates, R"("fold")",
        "`fold` answers only the best of near-duplicates and names the others in it, `show` answers all.",
        Support::kBuilt, 0, 0, "fold|show"},
    Parameter{"showPerformanceDetails", Kind::kFlag, Code::kInvalidSearchShowPerformanceDetails, "false",
              "Adds `performanceDetails`: the times of the search's stages."},
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
    Parameter{"vector", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"hybrid", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"retrieveVectors", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
    Parameter{"media", Kind::kAny, Code::kBadRequest, "", "Search by image.", kLacking},
    Parameter{"personalize", Kind::kAny, Code::kBadRequest, "", "Personal ranking.", kLacking},
};

constexpr std::array kMultiSearch = {
    Parameter{"queries", Kind::kAny, Code::kBadRequest, "",
              "Array of at most 50 objects: `indexUid`, a search's parameters, and `federationOptions` "
              "(`weight`) in a federated search."},
    Parameter{"federation", Kind::kAny, Code::kBadRequest, "",
              "An object (`limit`, `offset`) merges the answers into one list."},
};

constexpr std::array kFederation = {
    Parameter{"offset", Kind::kCount, Code::kBadRequest, "0", "How many hits to pass over.", Support::kBuilt,
              0, kMaxWindow},
    Parameter{"limit", Kind::kCount, Code::kBadRequest, "20", "How many hits to answer at most.",
              Support::kBuilt, 0, kMaxHitsPerPage},
    Parameter{"facetsByIndex", Kind::kAny, Code::kBadRequest, "{}",
              "Facets to count in each index: `{\"news\": [\"language\"]}`."},
    Parameter{"mergeFacets", Kind::kAny, Code::kBadRequest, "null",
              "An object: the counts of all indexes together, `maxValuesPerFacet` of each facet."},
};

constexpr std::array kFederationOptions = {
    Parameter{"weight", Kind::kNumber, Code::kBadRequest, "1", "What the query's scores are multiplied by.",
              Support::kBuilt, 0, 1000},
    Parameter{"remote", Kind::kAny, Code::kBadRequest, "", "A server elsewhere.", kLacking},
};

constexpr std::array kSimilar = {
    Parameter{"id", Kind::kText, Code::kBadRequest, "", "The document that others are to be like.",
              Support::kBuilt, 0, 512},
    Parameter{"offset", Kind::kCount, Code::kBadRequest, "0", "How many hits to pass over.", Support::kBuilt,
              0, kMaxWindow},
    Parameter{"limit", Kind::kCount, Code::kBadRequest, "20", "How many hits to answer at most.",
              Support::kBuilt, 0, kMaxHitsPerPage},
    Parameter{"attributesToRetrieve", Kind::kNames, Code::kInvalidSearchAttributesToRetrieve, R"(["*"])",
              "The stored fields in each hit; `*` is all but `body`, which must be named."},
    Parameter{"showRankingScore", Kind::kFlag, Code::kInvalidSearchShowRankingScore, "false",
              "Adds `_rankingScore`: the share of what the document itself would score."},
    Parameter{"rankingScoreThreshold", Kind::kNumber, Code::kInvalidSearchRankingScoreThreshold, "",
              "Leaves out hits with a lower score.", Support::kBuilt, 0, 1},
    Parameter{"duplicates", Kind::kChoice, Code::kInvalidSearchDuplicates, R"("fold")",
              "Whether near-duplicates, also of the document itself, are folded.", Support::kBuilt, 0, 0,
              "fold|show"},
    Parameter{"embedder", Kind::kText, Code::kBadRequest, "",
              "Taken from Meilisearch's clients, which must send it; it changes nothing.", Support::kBuilt, 0,
              512},
    Parameter{"filter", Kind::kFilter, Code::kInvalidSearchFilter, "",
              "Only documents that fulfil it, see docs/filters.md."},
    Parameter{"showRankingScoreDetails", Kind::kFlag, Code::kInvalidSearchShowRankingScoreDetails, "false",
              "Each word's part in the score.", kComing},
    Parameter{"retrieveVectors", Kind::kAny, Code::kBadRequest, "", "Semantic search.", kLacking},
};

constexpr std::array kFeed = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")",
              "The query as typed; empty matches every document.", Support::kBuilt, 0, kMaxQueryBytes},
    Parameter{"limit", Kind::kCount, Code::kInvalidSearchLimit, "20", "How many entries at most.",
              Support::kBuilt, 0, kMaxFeedEntries},
    Parameter{"filter", Kind::kFilter, Code::kInvalidSearchFilter, "",
              "Only documents that fulfil it, see docs/filters.md."},
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
    Parameter{"ids", Kind::kNames, Code::kBadRequest, "", "Only the documents with these ids."},
    Parameter{"sort", Kind::kNames, Code::kInvalidSearchSort, "", "The order, such as `date:desc`."},
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

constexpr Parameter kLanguage{"lang", Kind::kText, Code::kBadRequest, "",
                              "The page's language; by default the browser's."};

constexpr std::array kPage = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")", "The query as typed.", Support::kBuilt, 0,
              kMaxQueryBytes},
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "Which index to search; by default the first."},
    Parameter{"page", Kind::kCount, Code::kInvalidSearchPage, "1", "The page of results, from 1.",
              Support::kBuilt, 1, kMaxWindow},
    Parameter{"typos", Kind::kChoice, Code::kInvalidSearchTypos, R"("auto")",
              "Whether misspelt words are corrected.", Support::kBuilt, 0, 0, "auto|off"},
    Parameter{"f", Kind::kText, Code::kInvalidSearchFilter, "",
              "A chosen value of a facet, `language:es`; may be repeated.", Support::kBuilt, 0,
              kMaxQueryBytes},
    Parameter{"from", Kind::kText, Code::kInvalidSearchFilter, "", "The first day, month or year.",
              Support::kBuilt, 0, kMaxQueryBytes},
    Parameter{"to", Kind::kText, Code::kInvalidSearchFilter, "", "The last day, month or year.",
              Support::kBuilt, 0, kMaxQueryBytes},
    Parameter{"sort", Kind::kText, Code::kInvalidSearchSort, "", "`date:desc` or `date:asc`; else by rank.",
              Support::kBuilt, 0, kMaxQueryBytes},
    Parameter{"more", Kind::kText, Code::kInvalidSearchFacets, "", "The facet of which all values are shown.",
              Support::kBuilt, 0, kMaxQueryBytes},
    kLanguage,
};

constexpr std::array kView = {
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "The index; by default the first."},
    Parameter{"id", Kind::kText, Code::kBadRequest, "", "The document's id."},
    kLanguage,
};

constexpr std::array kStatus = {
    Parameter{"q", Kind::kText, Code::kInvalidSearchQ, R"("")", "A query to explain.", Support::kBuilt, 0,
              kMaxQueryBytes},
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "Which index to ask; by default the first."},
};

constexpr std::array kOpenSearch = {
    Parameter{"index", Kind::kText, Code::kBadRequest, "", "Which index to search; by default the first."},
};

}  // namespace

std::span<const Parameter> SearchParameters() { return kSearch; }
std::span<const Parameter> MultiSearchParameters() { return kMultiSearch; }
std::span<const Parameter> FederationParameters() { return kFederation; }
std::span<const Parameter> FederationOptionsParameters() { return kFederationOptions; }
std::span<const Parameter> SimilarParameters() { return kSimilar; }
std::span<const Parameter> FeedParameters() { return kFeed; }
std::span<const Parameter> FacetSearchParameters() { return kFacetSearch; }
std::span<const Parameter> ListParameters() { return kList; }
std::span<const Parameter> DocumentListParameters() { return kDocumentList; }
std::span<const Parameter> DocumentParameters() { return kDocument; }
std::span<const Parameter> SuggestParameters() { return kSuggest; }
std::span<const Parameter> PageParameters() { return kPage; }
std::span<const Parameter> ViewParameters() { return kView; }
std::span<const Parameter> StatusParameters() { return kStatus; }
std::span<const Parameter> OpenSearchParameters() { return kOpenSearch; }

}  // namespace quipu::searchd
