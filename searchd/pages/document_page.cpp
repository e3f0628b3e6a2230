// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/document_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

/// `text` cut to at most `bytes`, not inside a character.
std::string_view Cut(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

/// Blank lines part paragraphs; other line ends stay as they are.
void AppendParagraphs(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find("\n\n"), text.size());
    const std::string_view paragraph = text.substr(0, blank);
    if (paragraph.find_first_not_of(" \t\r\n\f") != std::string_view::npos) {
      fmt::format_to(Out(out), "<p>{}</p>\n", EscapeHtml(paragraph));
    }
    text.remove_prefix(std::min(blank + 2, text.size()));
  }
}

void AppendPlace(std::string& out, const schema::Segment& segment, const PageTexts& texts) {
  if (segment.page > 0) {
    fmt::format_to(Out(out), "<p class=\"leaf\" id=\"page={}\">{}</p>\n", segment.page,
                   Say(texts.pdf_page, std::to_string(segment.page)));
  } else if (!segment.anchor.empty()) {
    fmt::format_to(Out(out), "<span id=\"{}\"></span>\n", EscapeHtml(segment.anchor));
  }
}

void AppendBody(std::string& out, const schema::Document& document, const PageTexts& texts) {
  const std::string_view body = Cut(document.body, kMaxShownBytes);
  std::size_t from = 0;
  for (const schema::Segment& segment : document.segments) {
    if (segment.begin > body.size() || segment.begin < from) break;
    AppendParagraphs(out, body.substr(from, segment.begin - from));
    AppendPlace(out, segment, texts);
    from = segment.begin;
  }
  AppendParagraphs(out, body.substr(from));
  if (body.size() < document.body.size()) {
    fmt::format_to(Out(out), "<p class=\"note\">{}</p>\n", EscapeHtml(texts.cut));
  }
}

}  // namespace

std::string RenderDocumentPage(const DocumentPage& page) {
  std::string out;
  const std::string title = page.document == nullptr       ? TitleOf(page)
                            : page.document->title.empty() ? page.document->id
                                                           : page.document->title;
  AppendHead(out, page, title, false);
  AppendHeader(out, page, Header::kResults);
  if (page.document == nullptr) {
    fmt::format_to(Out(out), "<p class=\"problem\" role=\"alert\">{}</p>\n", EscapeHtml(page.problem));
  } else {
    fmt::format_to(Out(out), "<article class=\"text\"{} dir=\"auto\">\n<h1>{}</h1>\n",
                   LanguageAttribute(page.document->language), EscapeHtml(title));
    AppendFacts(out, *page.document, *page.texts);
    if (const std::string original = PublicAddress(*page.document); !original.empty()) {
      fmt::format_to(Out(out), "<p><a href=\"{}\">{}</a></p>\n", EscapeHtml(original),
                     EscapeHtml(page.texts->original));
    }
    AppendBody(out, *page.document, *page.texts);
    out += "</article>\n";
  }
  AppendEnd(out, page);
  return out;
}

}  // namespace quipu::searchd
