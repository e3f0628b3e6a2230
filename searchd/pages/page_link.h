// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/schema/document.h"
#include "core/search/search_result.h"

namespace quipu::searchd {

/// The document's own address if a browser that shows our page can follow it: absolute, or rooted on this
/// host. Else "": a path relative to some source folder leads nowhere from here.
std::string PublicAddress(const schema::Document& document);

/// Where a click on a document's title leads: its public address, else our reading view of it, with
/// `language_part` behind it (see LanguagePart()).
std::string AddressOf(const schema::Document& document, const std::string& index,
                      std::string_view language_part = {});

/// The same for a passage, with the part of the document that it stands in.
std::string AddressOf(const search::Passage& passage, const schema::Document& document,
                      const std::string& index, std::string_view language_part = {});

/// The address as people read it: "example.org › statements › informe.pdf". The id if there is no url.
std::string ReadableAddress(const schema::Document& document);

}  // namespace quipu::searchd
