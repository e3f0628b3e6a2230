// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/facet_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>

#include "searchd/pages/html.h"
#include "searchd/pages/related_links.h"

namespace quipu::searchd {
namespace {

using Out = std::back_insert_iterator<std::string>;

// More are a list to read, not a row to choose from; a link shows them.
constexpr std::size_t kShownValues = 10;

std::string_view NameOf(std::string_view field, const PageTexts& texts) {
  if (field == "language") return texts.facet_language;
  if (field == "type") return texts.facet_type;
  if (field == "tags") return texts.facet_tags;
  return field;
}

std::string ValueName(std::string_view field, const std::string& value) {
  if (field == "language") return std::string(OwnNameOf(value));
  if (field != "type" || value.size() > 4) return value;
  std::string capitals = value;
  std::transform(capitals.begin(), capitals.end(), capitals.begin(),
                 [](unsigned char c) { return std::toupper(c); });
  return capitals;
}

void AppendValue(std::string& out, const std::string& field, const search::FacetValue& value,
                 const ResultsPage& page) {
  const bool chosen = page.refinement.Has(field, value.text);
  const std::string url = SearchAddress(page, page.query, page.refinement.Toggled(field, value.text));
  fmt::format_to(
      Out(out), "<li><a href=\"{}\" rel=\"nofollow\"{}>{} <span class=\"count\">{}</span>{}</a></li>\n",
      EscapeHtml(url), chosen ? " aria-current=\"true\"" : "", EscapeHtml(ValueName(field, value.text)),
      ShowCount(value.count, *page.texts),
      chosen ? fmt::format(" <span class=\"unseen\">({})</span>", EscapeHtml(page.texts->chosen)) : "");
}

/// The link that shows the values beyond the first ones, or hides them again.
void AppendMore(std::string& out, const search::FacetCounts& facet, std::size_t number,
                const ResultsPage& page) {
  if (facet.values.size() <= kShownValues) return;
  Refinement other = page.refinement;
  const bool all = other.more == facet.field;
  other.more = all ? "" : facet.field;
  fmt::format_to(
      Out(out), "<li class=\"rest\"><a href=\"{}#facet-{}\" rel=\"nofollow\">{}</a></li>\n",
      EscapeHtml(SearchAddress(page, page.query, other)), number,
      all ? EscapeHtml(page.texts->show_fewer)
          : Say(page.texts->show_more, ShowCount(facet.values.size() - kShownValues, *page.texts)));
}

/// The values to show: the first ones, and those that are chosen, also if nothing has them any more.
std::vector<search::FacetValue> Shown(const search::FacetCounts& facet, const Refinement& refinement) {
  const std::size_t first = refinement.more == facet.field ? facet.values.size() : kShownValues;
  std::vector<search::FacetValue> shown(
      facet.values.begin(),
      facet.values.begin() + static_cast<std::ptrdiff_t>(std::min(facet.values.size(), first)));
  for (const auto& [field, value] : refinement.facets) {
    if (field != facet.field) continue;
    const auto same = [&value = value](const search::FacetValue& one) { return one.text == value; };
    if (std::any_of(shown.begin(), shown.end(), same)) continue;
    const auto counted = std::find_if(facet.values.begin(), facet.values.end(), same);
    shown.push_back(counted == facet.values.end() ? search::FacetValue{value, 0} : *counted);
  }
  return shown;
}

}  // namespace

void AppendFacetLinks(std::string& out, const ResultsPage& page) {
  std::string rows;
  std::size_t number = 0;
  for (const search::FacetCounts& facet : page.result->facets) {
    ++number;
    const std::vector<search::FacetValue> values = Shown(facet, page.refinement);
    const bool chosen = std::any_of(page.refinement.facets.begin(), page.refinement.facets.end(),
                                    [&](const auto& one) { return one.first == facet.field; });
    // One value that all have is no choice.
    if (values.size() < 2 && !chosen) continue;
    fmt::format_to(Out(rows), "<div class=\"facet\" id=\"facet-{}\"><h2>{}</h2>\n<ul>\n", number,
                   EscapeHtml(NameOf(facet.field, *page.texts)));
    for (const search::FacetValue& value : values) AppendValue(rows, facet.field, value, page);
    AppendMore(rows, facet, number, page);
    rows += "</ul></div>\n";
  }
  if (rows.empty()) return;
  fmt::format_to(Out(out), "<nav class=\"facets\" aria-label=\"{}\">\n{}</nav>\n",
                 EscapeHtml(page.texts->filters), rows);
}

}  // namespace quipu::searchd
