// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/page_frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "searchd/pages/assets.h"
#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

void AppendIndexChoice(std::string& out, const PageFrame& page) {
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

void AppendForm(std::string& out, const PageFrame& page, bool home) {
  const bool has_home = page.brand != nullptr && !page.brand->home.empty();
  const std::string link = has_home
                               ? page.brand->home
                               : fmt::format("./?index={}{}", PercentEncode(page.index), LanguagePart(page));
  // The picture says nothing that the title beside it does not.
  const bool has_logo = page.brand != nullptr && !page.brand->logo.empty();
  fmt::format_to(Out(out), "<header>\n{0}<a class=\"name\" href=\"{1}\">{2}{3}</a>{4}\n", home ? "<h1>" : "",
                 EscapeHtml(link), has_logo ? "<img class=\"logo\" src=\"logo\" alt=\"\"> " : "",
                 EscapeHtml(TitleOf(page)), home ? "</h1>" : "");
  fmt::format_to(Out(out),
                 "<form role=\"search\" action=\"search\" method=\"get\">\n<div class=\"box\">"
                 "<input type=\"search\" name=\"q\" value=\"{}\" placeholder=\"{}\" aria-label=\"{}\" "
                 "autocomplete=\"off\" autocapitalize=\"off\" spellcheck=\"false\" enterkeyhint=\"search\"{}>"
                 "<button type=\"submit\">{}</button></div>\n",
                 EscapeHtml(page.query), EscapeHtml(page.texts->placeholder), EscapeHtml(page.texts->search),
                 home ? " autofocus" : "", EscapeHtml(page.texts->search));
  AppendIndexChoice(out, page);
  if (!page.language.empty()) {
    fmt::format_to(Out(out), "<input type=\"hidden\" name=\"lang\" value=\"{}\">\n",
                   EscapeHtml(page.language));
  }
  out += page.form_fields;
  out += "</form>\n</header>\n";
}

}  // namespace

std::string LanguagePart(const PageFrame& page) {
  return page.language.empty() ? "" : "&lang=" + PercentEncode(page.language);
}

std::string TitleOf(const PageFrame& page) {
  if (page.brand != nullptr && !page.brand->title.empty()) return page.brand->title;
  const auto found = std::find_if(page.indexes.begin(), page.indexes.end(),
                                  [&](const OfferedIndex& index) { return index.uid == page.index; });
  return found == page.indexes.end() ? "Quipu" : found->title;
}

void AppendHead(std::string& out, const PageFrame& page, std::string_view heading, bool listed) {
  fmt::format_to(
      Out(out),
      "<!DOCTYPE html>\n<html lang=\"{}\"{}>\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
      "<link rel=\"stylesheet\" href=\"{}\">\n<link rel=\"icon\" href=\"icon.svg\" type=\"image/svg+xml\">\n",
      page.texts->language, page.texts->rtl ? " dir=\"rtl\"" : "", EscapeHtml(heading),
      StyleSheetAddress(page.brand == nullptr ? "" : page.brand->version));
  for (const OfferedIndex& index : page.indexes) {
    fmt::format_to(Out(out),
                   "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"{}\" "
                   "href=\"opensearch.xml?index={}\">\n",
                   EscapeHtml(index.title), PercentEncode(index.uid));
  }
  if (!page.feed.empty()) {
    fmt::format_to(Out(out),
                   "<link rel=\"alternate\" type=\"application/atom+xml\" title=\"{}\" href=\"{}\">\n",
                   EscapeHtml(heading), EscapeHtml(page.feed));
  }
  if (!listed) out += "<meta name=\"robots\" content=\"noindex\">\n";
  out += "</head>\n";
}

void AppendHeader(std::string& out, const PageFrame& page, Header header) {
  const bool home = header == Header::kHome;
  fmt::format_to(Out(out), "<body class=\"{}\">\n", home ? "home" : "results");
  if (!home)
    fmt::format_to(Out(out), "<a class=\"skip\" href=\"#main\">{}</a>\n", EscapeHtml(page.texts->skip));
  if (page.brand != nullptr) out += page.brand->header_html;
  AppendForm(out, page, home);
  out += "<main id=\"main\">\n";
}

void AppendEnd(std::string& out, const PageFrame& page) {
  out += "</main>\n";
  if (page.brand != nullptr) out += page.brand->footer_html;
  out += "</body>\n</html>\n";
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
                   EscapeHtml(Isolated(ShowDate(document.date, texts), texts)));
  }
  out += "</p>\n";
}

}  // namespace quipu::searchd
