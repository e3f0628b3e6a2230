// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/html_page.h"
#include "indexer/extract/json_ld.h"

namespace quipu::extract {

/// One <meta>: its name, property, itemprop or http-equiv in lower case, and its content. Microdata elsewhere
/// on the page (itemprop="datePublished", a <time> of the article as "time", who is named as its author as
/// "byline") stands behind them.
struct HtmlMeta {
  std::string name;
  std::string content;
};

/// What a page holds. Parsed as a stream, so that depth and size cost no more than their bytes.
struct ParsedHtml {
  HtmlPage page;
  std::string title;
  std::string language;   // <html lang>
  std::string canonical;  // <link rel="canonical">
  std::string base;       // <base href>
  /// Where links lead, as written and each once, but for those that say `rel="nofollow"`.
  std::vector<std::string> links;
  std::vector<HtmlMeta> meta;
  JsonLd json_ld;
  std::vector<std::string> alternates;  // "es https://example.org/es": the page in other languages
  bool too_deep = false;                // parsing stopped at kMaxHtmlDepth
};

inline constexpr std::size_t kMaxHtmlDepth = 3000;

/// Reads HTML or XHTML in UTF-8.
ParsedHtml ParseHtml(std::string_view utf8);

/// The charset that the beginning of the page declares, or "".
std::string DeclaredCharset(std::string_view bytes);

}  // namespace quipu::extract
