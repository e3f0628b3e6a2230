// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/base/result.h"

namespace quipu {

// A table in the shape of a switch: the compiler tells of a code that has no name.
std::string_view CodeName(Code code) {  // NOLINT(readability-function-size)
  switch (code) {
    case Code::kInternal: return "internal";
    case Code::kConfig: return "config";
    case Code::kUsage: return "usage";
    case Code::kIndexNotFound: return "index_not_found";
    case Code::kIndexUnavailable: return "index_unavailable";
    case Code::kIndexVersion: return "index_version";
    case Code::kIndexLocked: return "index_locked";
    case Code::kDocumentNotFound: return "document_not_found";
    case Code::kInvalidDocument: return "invalid_document";
    case Code::kGuardRefused: return "guard_refused";
    case Code::kInterrupted: return "interrupted";
    case Code::kIo: return "io";
    case Code::kMalformedPayload: return "malformed_payload";
    case Code::kBadRequest: return "bad_request";
    case Code::kFeatureNotEnabled: return "feature_not_enabled";
    case Code::kInvalidSearchQ: return "invalid_search_q";
    case Code::kInvalidSearchOffset: return "invalid_search_offset";
    case Code::kInvalidSearchLimit: return "invalid_search_limit";
    case Code::kInvalidSearchPage: return "invalid_search_page";
    case Code::kInvalidSearchHitsPerPage: return "invalid_search_hits_per_page";
    case Code::kInvalidSearchFilter: return "invalid_search_filter";
    case Code::kInvalidSearchFacets: return "invalid_search_facets";
    case Code::kInvalidSearchDisjunctiveFacets: return "invalid_search_disjunctive_facets";
    case Code::kInvalidSearchSort: return "invalid_search_sort";
    case Code::kInvalidSearchAttributesToRetrieve: return "invalid_search_attributes_to_retrieve";
    case Code::kInvalidSearchAttributesToHighlight: return "invalid_search_attributes_to_highlight";
    case Code::kInvalidSearchHighlightPreTag: return "invalid_search_highlight_pre_tag";
    case Code::kInvalidSearchHighlightPostTag: return "invalid_search_highlight_post_tag";
    case Code::kInvalidSearchAttributesToCrop: return "invalid_search_attributes_to_crop";
    case Code::kInvalidSearchCropLength: return "invalid_search_crop_length";
    case Code::kInvalidSearchCropMarker: return "invalid_search_crop_marker";
    case Code::kInvalidSearchShowMatchesPosition: return "invalid_search_show_matches_position";
    case Code::kInvalidSearchAttributesToSearchOn: return "invalid_search_attributes_to_search_on";
    case Code::kInvalidSearchMatchingStrategy: return "invalid_search_matching_strategy";
    case Code::kInvalidSearchShowRankingScore: return "invalid_search_show_ranking_score";
    case Code::kInvalidSearchShowRankingScoreDetails: return "invalid_search_show_ranking_score_details";
    case Code::kInvalidSearchRankingScoreThreshold: return "invalid_search_ranking_score_threshold";
    case Code::kInvalidSearchDistinct: return "invalid_search_distinct";
    case Code::kInvalidSearchLocales: return "invalid_search_locales";
    case Code::kInvalidSearchPassages: return "invalid_search_passages";
    case Code::kInvalidSearchTypos: return "invalid_search_typos";
    case Code::kInvalidSearchDuplicates: return "invalid_search_duplicates";
    case Code::kInvalidSearchShowPerformanceDetails: return "invalid_search_show_performance_details";
    case Code::kMissingFacetSearchFacetName: return "missing_facet_search_facet_name";
    case Code::kInvalidFacetSearchFacetName: return "invalid_facet_search_facet_name";
    case Code::kInvalidFacetSearchFacetQuery: return "invalid_facet_search_facet_query";
    case Code::kMissingAuthorizationHeader: return "missing_authorization_header";
    case Code::kInvalidApiKey: return "invalid_api_key";
    case Code::kNotFound: return "not_found";
    case Code::kMethodNotAllowed: return "method_not_allowed";
    case Code::kLengthRequired: return "length_required";
    case Code::kPayloadTooLarge: return "payload_too_large";
    case Code::kUriTooLong: return "uri_too_long";
    case Code::kInvalidContentType: return "invalid_content_type";
    case Code::kHeadersTooLarge: return "headers_too_large";
    case Code::kTooManyRequests: return "too_many_requests";
    case Code::kOverloaded: return "overloaded";
  }
  return "internal";
}

}  // namespace quipu
