// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <span>

#include "searchd/parameters/parameter.h"

namespace quipu::searchd {

inline constexpr int kMaxHitsPerPage = 1000;
inline constexpr int kMaxWindow = 10000;  // offset + limit
inline constexpr int kMaxQueryBytes = 2048;
inline constexpr int kMaxTagBytes = 256;
inline constexpr int kMaxCropWords = 1000;
inline constexpr int kMaxFeedEntries = 100;
inline constexpr std::size_t kMaxQueries = 50;  // of a multi-search

inline constexpr int kDefaultSuggestions = 10;  // if no limit is given
inline constexpr int kMaxSuggestions = 100;

/// Of a search, by GET and by POST.
std::span<const Parameter> SearchParameters();
/// Of POST /multi-search, of its `federation`, and of the `federationOptions` of each query.
std::span<const Parameter> MultiSearchParameters();
std::span<const Parameter> FederationParameters();
std::span<const Parameter> FederationOptionsParameters();
/// Of /indexes/{uid}/similar.
std::span<const Parameter> SimilarParameters();
/// Of /indexes/{uid}/feed.
std::span<const Parameter> FeedParameters();
/// Of POST /indexes/{uid}/facet-search: its own two, then those of a search.
std::span<const Parameter> FacetSearchParameters();
/// Of GET /indexes.
std::span<const Parameter> ListParameters();
/// Of GET /indexes/{uid}/documents.
std::span<const Parameter> DocumentListParameters();
/// Of GET /indexes/{uid}/documents/{id}.
std::span<const Parameter> DocumentParameters();
/// Of GET /indexes/{uid}/suggest.
std::span<const Parameter> SuggestParameters();
/// Of the results page. Its route ignores others: links to it carry the tags of whoever sends them.
std::span<const Parameter> PageParameters();
/// Of the reading view.
std::span<const Parameter> ViewParameters();
/// Of the admin listener's page.
std::span<const Parameter> StatusParameters();
/// Of /opensearch.xml.
std::span<const Parameter> OpenSearchParameters();

}  // namespace quipu::searchd
