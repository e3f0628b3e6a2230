// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/schema/document.h"

namespace quipu::search {

/// `url` if a page may link to it: http, https, ftp or relative. Empty for "javascript:", "data:" and every
/// other scheme, also where control characters or spaces hide it from a careless eye.
std::string SafeUrl(std::string_view url);

/// Where a passage stands: the document's url with #page=N (PDF), #anchor (a heading with an id), or, where a
/// browser shows the text, a text fragment of its first words. Empty if the document has no url.
std::string PassageUrl(const schema::Document& document, const schema::Segment* segment,
                       std::string_view words);

/// The first few words of `sentence`, whole and on one line: what a text fragment quotes.
std::string_view QuotableWords(std::string_view sentence);

}  // namespace quipu::search
