// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>
#include <utility>

#include "indexer/extract/boilerplate.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/date.h"
#include "indexer/extract/format.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

using Names = std::initializer_list<std::string_view>;

/// The first content, in the order of `names`, that is not blank.
std::string First(const std::vector<HtmlMeta>& metas, Names names) {
  for (const std::string_view name : names) {
    for (const HtmlMeta& meta : metas) {
      if (meta.name == name && !TidyLine(meta.content, 8).empty()) return meta.content;
    }
  }
  return "";
}

std::vector<std::string> All(const std::vector<HtmlMeta>& metas, Names names) {
  std::vector<std::string> values;
  for (const HtmlMeta& meta : metas) {
    if (std::find(names.begin(), names.end(), meta.name) != names.end()) values.push_back(meta.content);
  }
  return values;
}

std::string DateOf(const std::vector<HtmlMeta>& metas) {
  constexpr std::array<std::string_view, 20> kNames = {"article:published_time",
                                                       "og:published_time",
                                                       "datepublished",
                                                       "dcterms.issued",
                                                       "dc.date.issued",
                                                       "dcterms.created",
                                                       "dc.date.created",
                                                       "dcterms.date",
                                                       "dc.date",
                                                       "citation_publication_date",
                                                       "citation_date",
                                                       "publish-date",
                                                       "pubdate",
                                                       "date",
                                                       "datecreated",
                                                       "time",
                                                       "article:modified_time",
                                                       "datemodified",
                                                       "dcterms.modified",
                                                       "last-modified"};
  for (const std::string_view name : kNames) {
    if (std::string date = NormaliseDate(First(metas, {name})); !date.empty()) return date;
  }
  return "";
}

/// Whether the page's robots directives hold `word`, or "none", which is all of them.
bool Asks(const std::vector<HtmlMeta>& metas, std::string_view word) {
  for (std::string directives : All(metas, {"robots", "quipu"})) {
    std::transform(directives.begin(), directives.end(), directives.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    for (const std::string& directive : SplitKeywords(directives)) {
      if (directive == word || directive == "none") return true;
    }
  }
  return false;
}

/// What JSON-LD says goes behind what <meta> says.
void AddJsonLd(ParsedHtml& html) {
  const JsonLd& said = html.json_ld;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) html.meta.push_back({name, value});
  };
  add("datepublished", said.published);
  add("datemodified", said.modified);
  add("twitter:title", said.headline);
  add("description", said.description);
  add("dc.language", said.language);
  if (First(html.meta, {"keywords", "news_keywords"}).empty()) add("keywords", said.keywords);
}

/// <title>, unless og:title is the same without the site's name around it.
std::string TitleOf(const ParsedHtml& html) {
  const std::string shared = TidyLine(
      First(html.meta, {"og:title", "dc.title", "dcterms.title", "citation_title", "twitter:title"}), 2000);
  const std::string title = TidyLine(html.title, 2000);
  const bool shorter = !shared.empty() && title.find(shared) != std::string::npos;
  return title.empty() || shorter || SaysNothing(title) ? (shared.empty() ? title : shared) : title;
}

std::vector<std::string> AuthorsOf(const ParsedHtml& html) {
  const std::vector<HtmlMeta>& metas = html.meta;
  std::vector<std::string> authors =
      All(metas, {"author", "dc.creator", "dcterms.creator", "citation_author", "article:author"});
  // Facebook wants an address there.
  std::erase_if(authors, [](const std::string& author) { return author.find("://") != std::string::npos; });
  if (authors.empty()) authors = html.json_ld.authors;
  if (authors.empty()) authors = All(metas, {"byline"});
  return authors;
}

std::vector<std::string> TagsOf(const std::vector<HtmlMeta>& metas) {
  std::vector<std::string> tags;
  for (const std::string& list : All(metas, {"keywords", "news_keywords", "dc.subject", "dcterms.subject"})) {
    for (std::string& tag : SplitKeywords(list)) tags.push_back(std::move(tag));
  }
  for (std::string& tag : All(metas, {"article:tag"})) tags.push_back(std::move(tag));
  return tags;
}

/// XHTML's CDATA marks, which an HTML parser takes for text.
std::string WithoutCdataMarks(std::string text) {
  if (text.find("<![CDATA[") == std::string::npos) return text;
  for (const std::string_view mark : {"<![CDATA[", "]]>"}) {
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      std::fill_n(text.begin() + static_cast<std::ptrdiff_t>(at), mark.size(), ' ');
    }
  }
  return text;
}

/// "3; url=next.html" of <meta http-equiv="refresh">: where it leads.
std::string RefreshTarget(const std::string& content) {
  const std::size_t equals = content.find('=');
  if (equals == std::string::npos) return "";
  std::string target = TidyLine(std::string_view(content).substr(equals + 1), kMaxLinkBytes);
  std::erase_if(target, [](char c) { return c == '"' || c == '\''; });
  return target;
}

PageLinks LinksOf(const ParsedHtml& html) {
  PageLinks page{.base = TidyLine(html.base, kMaxLinkBytes),
                 .canonical = TidyLine(html.canonical, kMaxLinkBytes),
                 .nofollow = Asks(html.meta, "nofollow")};
  if (page.nofollow) return page;
  if (const std::string target = RefreshTarget(First(html.meta, {"refresh"})); !target.empty())
    page.links.push_back({.url = target});
  for (const std::string& link : html.links) page.links.push_back({.url = TidyLine(link, kMaxLinkBytes)});
  return page;
}

}  // namespace

Reading ReadHtml(const FileContent& file) {
  // What the server says goes before what the page says, as in browsers.
  const std::string declared = file.charset.empty() ? DeclaredCharset(file.bytes) : std::string(file.charset);
  const std::string text = WithoutCdataMarks(DecodeText(file.bytes, declared).text);
  ParsedHtml html = ParseHtml(text);
  Reading reading;
  if (file.want_links) reading.links = LinksOf(html);
  if (Asks(html.meta, "noindex")) {
    reading.state = State::kSkipped;
    reading.reason = "the page asks not to be indexed (robots: noindex)";
    return reading;
  }
  AddJsonLd(html);
  BodyWriter writer;
  html.page.Write(writer);
  if (html.too_deep || writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = html.too_deep ? "elements nested too deep; the rest was left out"
                                   : "more than 32 MiB of text; the rest was left out";
  }
  reading.title = TitleOf(html);
  reading.date = DateOf(html.meta);
  reading.language =
      html.language.empty()
          ? First(html.meta, {"content-language", "dc.language", "dcterms.language", "og:locale"})
          : html.language;
  reading.SetList("author", AuthorsOf(html));
  reading.SetField("description", First(html.meta, {"description", "og:description", "dc.description",
                                                    "dcterms.description", "twitter:description"}));
  reading.SetList("tags", TagsOf(html.meta));
  reading.SetField("canonical", html.canonical);
  reading.SetList("alternates", html.alternates);
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
  return reading;
}

}  // namespace quipu::extract
