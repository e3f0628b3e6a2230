// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/schema/document.h"

namespace quipu::index {

/// What says of a document which others are its translations, all as hashes.
struct TranslationLinks {
  std::uint64_t url = 0;        // where the document itself is
  std::uint64_t name = 0;       // of the id without a language in its name: notes.es.html → notes.html
  std::string name_language;    // "es"; empty: the id names none
  std::uint64_t folder = 0;     // of the id with its first language folder left out; 0: it has none
  std::string folder_language;  // "es" of es/notes.html
  std::vector<std::uint64_t> alternates;  // what the document itself links with hreflang
  bool operator==(const TranslationLinks&) const = default;
};

/// The field that the readers of HTML fill from hreflang: a list of "LANGUAGE URL".
inline constexpr std::string_view kAlternatesField = "alternates";

/// Reads them from id, url and the field kAlternatesField; of that at most 64.
TranslationLinks LinksOf(const schema::Document& document);

std::string EncodeLinks(const TranslationLinks& links);
/// Nothing if `bytes` are none.
std::optional<TranslationLinks> DecodeLinks(std::string_view bytes);

/// Puts translations of each other together. Gives each document the key of its group, "" to those without a
/// translation. A link counts if the page that it leads to links back, or links nothing while nobody else
/// claims it. Language folders count if `folders`.
std::vector<std::string> GroupTranslations(std::span<const TranslationLinks> documents, bool folders);

}  // namespace quipu::index
