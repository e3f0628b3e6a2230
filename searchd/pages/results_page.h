// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/search/search_result.h"
#include "searchd/pages/page_frame.h"
#include "searchd/pages/refinement.h"

namespace quipu::searchd {

/// The search page: only the box, or results under it.
struct ResultsPage : PageFrame {
  std::uint32_t page = 1;
  Refinement refinement;
  const search::SearchResult* result = nullptr;  // nullptr: only the box, or `problem`
  std::uint64_t documents = 0;                   // in the chosen index, for the empty page
};

/// The relative address of a page of results, for another query or refinement than the page's own.
std::string SearchAddress(const ResultsPage& page, std::string_view query, const Refinement& refinement,
                          std::uint64_t number = 1);

inline constexpr std::uint32_t kHitsOnPage = 10;

/// The whole HTML document. Whatever is in documents, queries and titles, only our own markup is live.
std::string RenderResultsPage(ResultsPage page);

}  // namespace quipu::searchd
