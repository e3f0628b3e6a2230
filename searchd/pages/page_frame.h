// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"
#include "searchd/pages/brand.h"
#include "searchd/pages/page_texts.h"

namespace quipu::searchd {

/// An index that the pages offer.
struct OfferedIndex {
  std::string uid;
  std::string title;
};

/// What every page has: its language, and the search box with what is in it.
struct PageFrame {
  const Brand* brand = nullptr;  // nullptr: as it comes
  const PageTexts* texts = nullptr;
  std::string language;  // the tag that the page's address asks for; empty: as the browser says
  std::vector<OfferedIndex> indexes;
  std::string index;  // uid of the chosen one; may be none of `indexes`
  std::string query;
  std::string_view problem;  // a sentence in place of the content
  std::string feed;          // the relative address of the query's feed; empty: none
  std::string form_fields;   // HTML inside the form, behind the box
};

enum class Header { kHome, kResults };

/// "&lang=es" for links to pages of ours, so that a language that was asked for stays; else "".
std::string LanguagePart(const PageFrame& page);

/// The site's own title, else the chosen index's, else the program's name.
std::string TitleOf(const PageFrame& page);

/// All up to <body>; `listed` lets search engines list the page.
void AppendHead(std::string& out, const PageFrame& page, std::string_view heading, bool listed);
/// From <body> to <main>.
void AppendHeader(std::string& out, const PageFrame& page, Header header);
/// From </main> to the end.
void AppendEnd(std::string& out, const PageFrame& page);

/// A line of where a document is, of what kind, and when it was written.
void AppendFacts(std::string& out, const schema::Document& document, const PageTexts& texts);

}  // namespace quipu::searchd
