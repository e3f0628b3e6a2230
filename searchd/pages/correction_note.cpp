// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/correction_note.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "searchd/pages/html.h"

namespace quipu::searchd {
namespace {

void AppendLink(std::string& out, const ResultsPage& page, const std::string& query, bool typos) {
  Refinement refinement = page.refinement;
  refinement.typos = typos;
  const std::string url = SearchAddress(page, query, refinement);
  fmt::format_to(std::back_inserter(out), "<a href=\"{}\">{}</a>", EscapeHtml(url), EscapeHtml(query));
}

}  // namespace

void AppendCorrectionNote(std::string& out, const ResultsPage& page) {
  const search::SearchResult& result = *page.result;
  const PageTexts& texts = *page.texts;
  if (result.corrected && result.corrected->applied) {
    out += "<p class=\"note\">";
    out += Say(texts.also_searched, Isolated(result.corrected->text, texts));
    fmt::format_to(std::back_inserter(out), " {} ", EscapeHtml(texts.search_only));
    AppendLink(out, page, page.query, false);
    out += "</p>\n";
  } else if (result.corrected) {
    fmt::format_to(std::back_inserter(out), "<p class=\"note\">{} ", EscapeHtml(texts.did_you_mean));
    AppendLink(out, page, result.corrected->text, true);
    out += "</p>\n";
  }
  if (std::find(result.relaxed.begin(), result.relaxed.end(), "words") != result.relaxed.end())
    fmt::format_to(std::back_inserter(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.fewer_words));
}

}  // namespace quipu::searchd
