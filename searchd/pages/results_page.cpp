// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/results_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "searchd/json/render_search_result.h"
#include "searchd/json/safe_url.h"
#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"
#include "searchd/pages/terminal_text.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

const OfferedIndex* Chosen(const ResultsPage& page) {
  const auto found = std::find_if(page.indexes.begin(), page.indexes.end(),
                                  [&](const OfferedIndex& index) { return index.uid == page.index; });
  return found == page.indexes.end() ? nullptr : &*found;
}

/// A text of ours with `{}` filled in; the arguments are escaped here.
template <typename... Args>
std::string Say(std::string_view text, const Args&... args) {
  return fmt::format(fmt::runtime(text), EscapeHtml(args)...);
}

void AppendHead(std::string& out, const ResultsPage& page, std::string_view title) {
  const std::string heading =
      page.query.empty() ? std::string(title) : fmt::format("{} – {}", page.query, title);
  fmt::format_to(
      Out(out),
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
      "<link rel=\"stylesheet\" href=\"{}\">\n<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n",
      page.texts->language, EscapeHtml(heading), StyleSheetAddress());
  for (const OfferedIndex& index : page.indexes) {
    fmt::format_to(Out(out),
                   "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"{}\" "
                   "href=\"opensearch.xml?index={}\">\n",
                   EscapeHtml(index.title), PercentEncode(index.uid));
  }
  out += "</head>\n";
}

void AppendIndexChoice(std::string& out, const ResultsPage& page) {
  if (page.indexes.size() < 2) {
    if (!page.index.empty()) {
      fmt::format_to(Out(out), "<input type=\"hidden\" name=\"index\" value=\"{}\">\n",
                     EscapeHtml(page.index));
    }
    return;
  }
  fmt::format_to(Out(out), "<select name=\"index\" aria-label=\"{}\">\n",
                 EscapeHtml(page.texts->index_label));
  for (const OfferedIndex& index : page.indexes) {
    fmt::format_to(Out(out), "<option value=\"{}\"{}>{}</option>\n", EscapeHtml(index.uid),
                   index.uid == page.index ? " selected" : "", EscapeHtml(index.title));
  }
  out += "</select>\n";
}

void AppendForm(std::string& out, const ResultsPage& page, std::string_view title, bool home) {
  const std::string link = fmt::format("./?index={}", PercentEncode(page.index));
  fmt::format_to(Out(out), "<header>\n{0}<a class=\"name\" href=\"{1}\">{2}</a>{3}\n", home ? "<h1>" : "",
                 EscapeHtml(link), EscapeHtml(title), home ? "</h1>" : "");
  fmt::format_to(Out(out),
                 "<form role=\"search\" action=\"search\" method=\"get\">\n<div class=\"box\">"
                 "<input type=\"search\" name=\"q\" value=\"{}\" placeholder=\"{}\" aria-label=\"{}\" "
                 "autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" enterkeyhint=\"search\"{}>"
                 "<button type=\"submit\">{}</button></div>\n",
                 EscapeHtml(page.query), EscapeHtml(page.texts->placeholder), EscapeHtml(page.texts->search),
                 home ? " autofocus" : "", EscapeHtml(page.texts->search));
  AppendIndexChoice(out, page);
  out += "</form>\n</header>\n";
}

std::string LanguageAttribute(std::string_view language) {
  const bool plain = !language.empty() && language.size() <= 16 &&
                     std::all_of(language.begin(), language.end(),
                                 [](unsigned char c) { return std::isalnum(c) != 0 || c == '-'; });
  return plain ? fmt::format(" lang=\"{}\"", language) : "";
}

void AppendPassage(std::string& out, const search::Passage& passage, const PageTexts& texts) {
  fmt::format_to(Out(out), "<p class=\"passage\">{}", OnlyMarks(passage.html));
  std::string place = EscapeHtml(passage.heading);
  if (passage.page > 0) place = Say(texts.pdf_page, std::to_string(passage.page));
  if (!place.empty()) {
    const std::string url = SafeUrl(passage.url);
    const std::string label =
        passage.page > 0 ? "" : fmt::format("<span class=\"unseen\">{}: </span>", EscapeHtml(texts.section));
    if (url.empty()) {
      fmt::format_to(Out(out), " <span class=\"place\">{}{}</span>", label, place);
    } else {
      fmt::format_to(Out(out), " <a class=\"place\" href=\"{}\">{}{}</a>", EscapeHtml(url), label, place);
    }
  }
  out += "</p>\n";
}

void AppendFacts(std::string& out, const schema::Document& document, const PageTexts& texts) {
  fmt::format_to(Out(out), "<p class=\"facts\"><span class=\"path\">{}</span>",
                 EscapeHtml(ReadableAddress(document)));
  if (document.type == "pdf" || document.type == "docx" || document.type == "odt" ||
      document.type == "epub") {
    std::string type = document.type;
    std::transform(type.begin(), type.end(), type.begin(), [](unsigned char c) { return std::toupper(c); });
    fmt::format_to(Out(out), "<span class=\"type\">{}</span>", type);
  }
  if (!document.date.empty()) {
    fmt::format_to(Out(out), "<time datetime=\"{}\">{}</time>", EscapeHtml(document.date),
                   EscapeHtml(ShowDate(document.date, texts)));
  }
  out += "</p>\n";
}

void AppendHit(std::string& out, const search::Hit& hit, const ResultsPage& page) {
  const schema::Document& document = hit.document;
  const std::string title = OnlyMarks(EmphasizedTitle(hit));
  fmt::format_to(Out(out), "<li><article{}>\n<h2><a href=\"{}\">{}</a></h2>\n",
                 LanguageAttribute(document.language), EscapeHtml(AddressOf(document, page.index)), title);
  AppendFacts(out, document, *page.texts);
  for (const search::Passage& passage : hit.passages) AppendPassage(out, passage, *page.texts);
  out += "</article></li>\n";
}

void AppendPager(std::string& out, const ResultsPage& page, std::uint64_t last) {
  if (last < 2) return;
  const auto link = [&](std::uint64_t number, std::string_view text, std::string_view attributes) {
    fmt::format_to(Out(out), "<a href=\"{}\"{}>{}</a>\n",
                   EscapeHtml(fmt::format("search?q={}&index={}&page={}", PercentEncode(page.query),
                                          PercentEncode(page.index), number)),
                   attributes, EscapeHtml(text));
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
  const std::string_view text = !exact              ? texts.at_least_results
                                : result.total == 1 ? texts.one_result
                                                    : texts.results;
  fmt::format_to(Out(out), "<p class=\"summary\" role=\"status\">{}",
                 Say(text, ShowCount(result.total, texts), page.query));
  if (page.page > 1)
    fmt::format_to(Out(out), ", {}", Say(texts.page_of, ShowCount(page.page, texts), ShowCount(last, texts)));
  out += "</p>\n";
  if (result.partial) fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.partial));
  if (result.truncated_query)
    fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.truncated));
}

void AppendResults(std::string& out, const ResultsPage& page) {
  const search::SearchResult& result = *page.result;
  if (result.total == 0) {
    fmt::format_to(Out(out), "<p class=\"summary\" role=\"status\">{}</p>\n<p class=\"hint\">{}</p>\n",
                   Say(page.texts->no_results, page.query), EscapeHtml(page.texts->no_results_hint));
    return;
  }
  const std::uint64_t last = TotalPages(result.total, kHitsOnPage);
  AppendSummary(out, page, last);
  if (result.hits.empty())
    fmt::format_to(Out(out), "<p class=\"hint\">{}</p>\n", EscapeHtml(page.texts->too_far));
  fmt::format_to(Out(out), "<ol class=\"hits\" start=\"{}\">\n", (page.page - 1) * kHitsOnPage + 1);
  for (const search::Hit& hit : result.hits) AppendHit(out, hit, page);
  out += "</ol>\n";
  AppendPager(out, page, last);
}

}  // namespace

std::string RenderResultsPage(const ResultsPage& page) {
  const OfferedIndex* chosen = Chosen(page);
  const std::string title = chosen == nullptr ? "Quipu" : chosen->title;
  const bool home = page.result == nullptr && page.problem.empty();
  std::string out;
  AppendHead(out, page, title);
  fmt::format_to(Out(out), "<body class=\"{}\">\n", home ? "home" : "results");
  if (!home)
    fmt::format_to(Out(out), "<a class=\"skip\" href=\"#main\">{}</a>\n", EscapeHtml(page.texts->skip));
  AppendForm(out, page, title, home);
  out += "<main id=\"main\">\n";
  if (!page.problem.empty()) {
    fmt::format_to(Out(out), "<p class=\"problem\" role=\"alert\">{}</p>\n", EscapeHtml(page.problem));
  } else if (page.result != nullptr) {
    AppendResults(out, page);
  } else {
    fmt::format_to(Out(out), "<p class=\"hint\">{}</p>\n",
                   Say(page.texts->welcome, ShowCount(page.documents, *page.texts)));
  }
  out += "</main>\n</body>\n</html>\n";
  return out;
}

}  // namespace quipu::searchd
