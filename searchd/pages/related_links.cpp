// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/related_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

// On a page of results they are a hint, not a list; the API names more.
constexpr std::size_t kShownDuplicates = 3;

std::string AddressOfRelated(const search::RelatedDocument& related, const PageFrame& page) {
  schema::Document document;
  document.id = related.id;
  document.url = related.url;
  return AddressOf(document, page.index, LanguagePart(page));
}

}  // namespace

std::string_view OwnNameOf(std::string_view language) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 30> kNames = {{
      {"ar", "العربية"},    {"ay", "Aymar aru"}, {"ca", "Català"},   {"cs", "Čeština"},
      {"da", "Dansk"},      {"de", "Deutsch"},   {"el", "Ελληνικά"}, {"en", "English"},
      {"es", "Español"},    {"eu", "Euskara"},   {"fi", "Suomi"},    {"fr", "Français"},
      {"gl", "Galego"},     {"gn", "Avañe’ẽ"},   {"he", "עברית"},    {"hi", "हिन्दी"},
      {"hu", "Magyar"},     {"it", "Italiano"},  {"ja", "日本語"},   {"ko", "한국어"},
      {"nl", "Nederlands"}, {"no", "Norsk"},     {"pl", "Polski"},   {"pt", "Português"},
      {"qu", "Runa simi"},  {"ru", "Русский"},   {"sv", "Svenska"},  {"tr", "Türkçe"},
      {"uk", "Українська"}, {"zh", "中文"},
  }};
  const auto* found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& name) { return name.first == language; });
  return found == kNames.end() ? language : found->second;
}

void AppendRelated(std::string& out, const search::Hit& hit, const PageFrame& page) {
  if (hit.translations.empty() && hit.duplicates.empty()) return;
  out += "<p class=\"related\">";
  for (const search::RelatedDocument& other : hit.translations) {
    const std::string_view name = other.language.empty() ? other.title : OwnNameOf(other.language);
    fmt::format_to(Out(out), "<a href=\"{}\"{}>{}</a> ", EscapeHtml(AddressOfRelated(other, page)),
                   LanguageAttribute(other.language), Say(page.texts->also_in, Isolated(name, *page.texts)));
  }
  if (!hit.duplicates.empty())
    out += Say(page.texts->duplicates, ShowCount(hit.duplicates_count, *page.texts)) + " ";
  for (std::size_t i = 0; i < std::min(hit.duplicates.size(), kShownDuplicates); ++i) {
    const search::RelatedDocument& other = hit.duplicates[i];
    fmt::format_to(Out(out), "<a href=\"{}\">{}</a> ", EscapeHtml(AddressOfRelated(other, page)),
                   EscapeHtml(other.title.empty() ? other.id : other.title));
  }
  out += "</p>\n";
}

}  // namespace quipu::searchd
