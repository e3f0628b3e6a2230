// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "searchd/json/render_search_result.h"
#include "searchd/pages/correction_note.h"
#include "searchd/pages/facet_links.h"
#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"
#include "searchd/pages/related_links.h"
#include "searchd/pages/terminal_text.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

/// The words of a link to a passage's place: its page, its section, or just "in the text".
std::string PlaceName(std::uint32_t pdf_page, std::string_view heading, const PageTexts& texts) {
  if (pdf_page > 0) return Isolated(Say(texts.pdf_page, std::to_string(pdf_page)), texts);
  if (heading.empty()) return EscapeHtml(texts.in_text);
  return fmt::format("<span class=\"unseen\">{}: </span>{}", EscapeHtml(texts.section), EscapeHtml(heading));
}

void AppendPassage(std::string& out, const search::Passage& passage, const schema::Document& document,
                   const ResultsPage& page) {
  fmt::format_to(Out(out), "<p class=\"passage\">{}", OnlyMarks(passage.html));
  // A document's first heading is mostly its title, which stands above already.
  const std::string_view heading = passage.heading == document.title ? std::string_view() : passage.heading;
  const std::string place = PlaceName(passage.page, heading, *page.texts);
  const std::string url = AddressOf(passage, document, page.index, LanguagePart(page));
  // Without a place of its own a passage has only the document's address, which the title has already.
  if (url.find('#') != std::string::npos) {
    fmt::format_to(Out(out), " <a class=\"place\" href=\"{}\">{}</a>", EscapeHtml(url), place);
  } else if (passage.page > 0 || !heading.empty()) {
    fmt::format_to(Out(out), " <span class=\"place\">{}</span>", place);
  }
  out += "</p>\n";
}

void AppendHit(std::string& out, const search::Hit& hit, const ResultsPage& page) {
  const schema::Document& document = hit.document;
  fmt::format_to(Out(out), "<li><article{} dir=\"auto\">\n<h2><a href=\"{}\">{}</a></h2>\n",
                 LanguageAttribute(document.language),
                 EscapeHtml(AddressOf(document, page.index, LanguagePart(page))),
                 OnlyMarks(EmphasizedTitle(hit)));
  AppendFacts(out, document, *page.texts);
  for (const search::Passage& passage : hit.passages) AppendPassage(out, passage, document, page);
  AppendRelated(out, hit, page);
  out += "</article></li>\n";
}

void AppendPager(std::string& out, const ResultsPage& page, std::uint64_t last) {
  if (last < 2) return;
  const auto link = [&](std::uint64_t number, std::string_view text, std::string_view attributes) {
    fmt::format_to(Out(out), "<a href=\"{}\"{}>{}</a>\n",
                   EscapeHtml(SearchAddress(page, page.query, page.refinement, number)), attributes,
                   EscapeHtml(text));
  };
  fmt::format_to(Out(out), "<nav class=\"pager\" aria-label=\"{}\">\n", EscapeHtml(page.texts->pages));
  if (page.page > 1) link(page.page - 1, page.texts->previous, " rel=\"prev\"");
  const std::uint64_t first_shown = page.page > 3 ? page.page - 2 : 1;
  const std::uint64_t last_shown = std::min<std::uint64_t>(last, first_shown + 4);
  for (std::uint64_t number = first_shown; number <= last_shown; ++number) {
    link(number, std::to_string(number), number == page.page ? " aria-current=\"page\"" : "");
  }
  if (page.page < last) link(page.page + 1, page.texts->next, " rel=\"next\"");
  out += "</nav>\n";
}

void AppendSummary(std::string& out, const ResultsPage& page, std::uint64_t last) {
  const search::SearchResult& result = *page.result;
  const PageTexts& texts = *page.texts;
  const bool exact = result.total_is_exact && !result.partial;
  const std::string_view text = page.query.empty()  ? texts.all_documents
                                : !exact            ? texts.at_least_results
                                : result.total == 1 ? texts.one_result
                                                    : texts.results;
  fmt::format_to(Out(out), "<p class=\"summary\" role=\"status\">{}",
                 Say(text, ShowCount(result.total, texts), Isolated(page.query, texts)));
  if (page.page > 1)
    fmt::format_to(Out(out), ", {}", Say(texts.page_of, ShowCount(page.page, texts), ShowCount(last, texts)));
  out += "</p>\n";
  if (result.partial) fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.partial));
  if (result.truncated_query)
    fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.truncated));
  AppendCorrectionNote(out, page);
}

void AppendResults(std::string& out, const ResultsPage& page) {
  const search::SearchResult& result = *page.result;
  // What is seen says it already: the box above and the count below.
  fmt::format_to(Out(out), "<h1 class=\"unseen\">{}: {}</h1>\n", EscapeHtml(page.texts->search),
                 EscapeHtml(page.query.empty() ? TitleOf(page) : page.query));
  if (result.total == 0) {
    fmt::format_to(Out(out), "<p class=\"summary\" role=\"status\">{}</p>\n<p class=\"hint\">{}</p>\n",
                   Say(page.texts->no_results, Isolated(page.query, *page.texts)),
                   EscapeHtml(page.texts->no_results_hint));
    AppendCorrectionNote(out, page);
    AppendFacetLinks(out, page);
    return;
  }
  const std::uint64_t last = TotalPages(result.total, kHitsOnPage);
  AppendSummary(out, page, last);
  AppendFacetLinks(out, page);
  if (result.hits.empty())
    fmt::format_to(Out(out), "<p class=\"hint\">{}</p>\n", EscapeHtml(page.texts->too_far));
  fmt::format_to(Out(out), "<ol class=\"hits\" start=\"{}\">\n", (page.page - 1) * kHitsOnPage + 1);
  for (const search::Hit& hit : result.hits) AppendHit(out, hit, page);
  out += "</ol>\n";
  AppendPager(out, page, last);
  if (!page.feed.empty()) {
    fmt::format_to(Out(out), "<p class=\"feed\"><a href=\"{}\">{}</a></p>\n", EscapeHtml(page.feed),
                   EscapeHtml(page.texts->feed));
  }
}

/// This page in the other languages.
void AppendLanguages(std::string& out, const ResultsPage& page) {
  fmt::format_to(Out(out), "<nav class=\"languages\" aria-label=\"{}\">\n",
                 EscapeHtml(page.texts->languages));
  for (const PageTexts* texts : AllTexts()) {
    fmt::format_to(Out(out),
                   "<a href=\"./?index={0}&amp;lang={1}\" lang=\"{1}\" hreflang=\"{1}\"{2}>{3}</a>\n",
                   PercentEncode(page.index), texts->language,
                   texts == page.texts ? " aria-current=\"true\"" : "", OwnNameOf(texts->language));
  }
  out += "</nav>\n";
}

/// Behind the box: what was chosen, so that other words keep it, and the choice of dates and order.
std::string FormFields(const ResultsPage& page) {
  const PageTexts& texts = *page.texts;
  const Refinement& refinement = page.refinement;
  std::string out;
  for (const auto& [field, value] : refinement.facets) {
    fmt::format_to(Out(out), "<input type=\"hidden\" name=\"f\" value=\"{}:{}\">\n", EscapeHtml(field),
                   EscapeHtml(value));
  }
  if (!refinement.more.empty()) {
    fmt::format_to(Out(out), "<input type=\"hidden\" name=\"more\" value=\"{}\">\n",
                   EscapeHtml(refinement.more));
  }
  const bool open = !refinement.from.empty() || !refinement.to.empty() || !refinement.sort.empty();
  fmt::format_to(Out(out), "<details class=\"more\"{}><summary>{}</summary>\n<div class=\"choices\">\n",
                 open ? " open" : "", EscapeHtml(texts.dates_and_order));
  // A browser's field for dates drops a year or a month alone.
  const auto date = [&](std::string_view name, std::string_view label, const std::string& value) {
    fmt::format_to(
        Out(out), "<label>{} <input {} name=\"{}\" value=\"{}\"></label>\n", EscapeHtml(label),
        value.empty() || value.size() == 10 ? "type=\"date\"" : "type=\"text\" placeholder=\"2023-01-17\"",
        name, EscapeHtml(value));
  };
  date("from", texts.from, refinement.from);
  date("to", texts.to, refinement.to);
  fmt::format_to(Out(out), "<label>{} <select name=\"sort\">\n", EscapeHtml(texts.order));
  for (const auto& [value, name] : {std::pair("", texts.by_rank), std::pair("date:desc", texts.newest_first),
                                    std::pair("date:asc", texts.oldest_first)}) {
    fmt::format_to(Out(out), "<option value=\"{}\"{}>{}</option>\n", value,
                   refinement.sort == value ? " selected" : "", EscapeHtml(name));
  }
  fmt::format_to(Out(out), "</select></label>\n<button type=\"submit\">{}</button>\n</div></details>\n",
                 EscapeHtml(texts.apply));
  return out;
}

}  // namespace

std::string SearchAddress(const ResultsPage& page, std::string_view query, const Refinement& refinement,
                          std::uint64_t number) {
  std::string address = fmt::format("search?q={}&index={}{}", PercentEncode(query), PercentEncode(page.index),
                                    AddressPart(refinement)) +
                        LanguagePart(page);
  if (number > 1) address += fmt::format("&page={}", number);
  return address;
}

std::string RenderResultsPage(ResultsPage page) {
  const bool home = page.result == nullptr && page.problem.empty();
  const std::string title = TitleOf(page);
  std::string out;
  if (!home) page.form_fields = FormFields(page);
  AppendHead(out, page, page.query.empty() ? title : fmt::format("{} – {}", page.query, title), home);
  AppendHeader(out, page, home ? Header::kHome : Header::kResults);
  if (!page.problem.empty()) {
    fmt::format_to(Out(out), "<p class=\"problem\" role=\"alert\">{}</p>\n", EscapeHtml(page.problem));
  } else if (page.result != nullptr) {
    AppendResults(out, page);
  } else {
    fmt::format_to(Out(out), "<p class=\"hint\">{}</p>\n",
                   Say(page.texts->welcome, ShowCount(page.documents, *page.texts)));
    AppendLanguages(out, page);
  }
  AppendEnd(out, page);
  return out;
}

}  // namespace quipu::searchd
