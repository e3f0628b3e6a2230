// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/schema/document.h"
#include "core/search/search_result.h"
#include "searchd/json/parse_search_request.h"

namespace quipu::searchd {

/// The answer to a search in the contract's shape.
std::string RenderSearchResult(const SearchParameterSet& search, const search::SearchResult& result,
                               std::int64_t processing_time_ms);

/// How many numbered pages of `hits_per_page` can be asked for; none reaches past the window's end.
std::uint64_t TotalPages(std::uint64_t total, std::uint32_t hits_per_page);

/// One stored document.
std::string RenderDocument(const schema::Document& document, const FieldSelection& fields);

/// A page of stored documents.
std::string RenderDocumentList(const search::SearchResult& result, const FieldSelection& fields,
                               std::uint32_t offset, std::uint32_t limit);

}  // namespace quipu::searchd
