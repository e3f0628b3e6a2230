// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/search/search_result.h"
#include "searchd/pages/page_texts.h"

namespace quipu::searchd {

/// An index that the page offers.
struct OfferedIndex {
  std::string uid;
  std::string title;
};

/// What the results page shows.
struct ResultsPage {
  const PageTexts* texts = nullptr;
  std::vector<OfferedIndex> indexes;
  std::string index;  // uid of the chosen one; may be none of `indexes`
  std::string query;
  std::uint32_t page = 1;
  const search::SearchResult* result = nullptr;  // nullptr: only the box, or `problem`
  std::uint64_t documents = 0;                   // in the chosen index, for the empty page
  std::string_view problem;                      // a sentence in place of results
};

inline constexpr std::uint32_t kHitsOnPage = 10;

/// The whole HTML document. Whatever is in documents, queries and titles, only our own markup is live.
std::string RenderResultsPage(const ResultsPage& page);

/// The style sheet, and the name under which it may be cached for ever.
std::string_view StyleSheet();
std::string StyleSheetAddress();
/// The icon, as SVG.
std::string_view Icon();
/// docs/errors.md as it was when this program was built.
std::string_view ErrorsPage();

/// The OpenSearch description of one index; `base` is this server's address, "https://example.org".
std::string RenderOpenSearch(const OfferedIndex& index, std::string_view base);

}  // namespace quipu::searchd
