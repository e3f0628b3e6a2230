// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace quipu::searchd {

/// Everything that the pages say, in one language. `{}` stands for what is filled in.
struct PageTexts {
  std::string_view language;                               // for <html lang>
  bool rtl = false;                                        // written from right to left
  std::string_view search;                                 // the button
  std::string_view placeholder;                            // of the box
  std::string_view index_label;                            // of the choice of index
  std::string_view welcome;                                // under the box of an empty page
  std::string_view one_result, results, at_least_results;  // {0} count, {1} query
  std::string_view all_documents;                          // {0} count
  std::string_view page_of;                                // {0} of {1}
  std::string_view no_results;                             // {} query
  std::string_view no_results_hint;
  std::string_view partial;
  std::string_view truncated;
  std::string_view also_searched;  // {} the corrected query
  std::string_view search_only, did_you_mean, fewer_words;
  std::string_view previous, next, pages;
  std::string_view in_text;        // the link to a passage that has no page or heading
  std::string_view original, cut;  // of the reading view
  std::string_view unknown_document;
  std::string_view also_in;     // {} language: a translation of the hit
  std::string_view duplicates;  // {} count: before links to near-duplicates
  std::string_view pdf_page;    // {} number
  std::string_view section;     // for "§ heading" links of passages, read aloud
  std::string_view unknown_index, not_built, too_long, too_far, failed, back;
  std::string_view needs_key, key_refused, too_often;  // in place of a page
  std::string_view filters;                            // of the rows of facets, read aloud
  std::string_view facet_language, facet_type, facet_tags, chosen;
  std::string_view show_more, show_fewer;  // {} count: of a facet's values
  std::string_view dates_and_order, from, to, order, by_rank, newest_first, oldest_first, apply;
  std::string_view feed;
  std::string_view skip;       // the link past the box for keyboards
  std::string_view languages;  // of the links to this page in other languages, read aloud
  std::string_view date;       // {0} day, {1} month, {2} year
  std::array<std::string_view, 12> months;
  std::string_view thousands;  // between groups of three digits
};

/// One for each language that the pages speak, English first.
std::span<const PageTexts* const> AllTexts();

/// The texts in the language of a tag such as "es" or "es-PE"; nullptr if we have none.
const PageTexts* TextsOf(std::string_view tag);

/// The texts for an Accept-Language header: the best of those we have; else those of the tag `fallback`, else
/// English.
const PageTexts& TextsFor(std::string_view accept_language, std::string_view fallback = {});

/// `text` for a place in `texts`: its own direction does not disturb that of texts written from right to
/// left.
std::string Isolated(std::string_view text, const PageTexts& texts);

/// 12345 as "12,345", "12.345", or as the language has it.
std::string ShowCount(std::uint64_t count, const PageTexts& texts);

/// "2023-01-17…" as "17 January 2023"; what is no date as it is.
std::string ShowDate(std::string_view iso, const PageTexts& texts);

}  // namespace quipu::searchd
