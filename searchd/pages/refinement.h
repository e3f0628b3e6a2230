// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace quipu::searchd {

/// What a results page was asked for beside the words: part of every link on it, so that each state is an
/// address.
struct Refinement {
  std::vector<std::pair<std::string, std::string>> facets;  // field and value, as often as chosen
  std::string from, to;                                     // "2023", "2023-01" or "2023-01-17"; empty: open
  std::string sort;                                         // "date:desc", "date:asc"; empty: by rank
  bool typos = true;
  std::string more;  // the facet of which all values are shown; empty: none

  bool operator==(const Refinement&) const = default;

  /// Whether it leaves out documents.
  bool Filters() const { return !facets.empty() || !from.empty() || !to.empty(); }
  bool Has(std::string_view field, std::string_view value) const;
  /// With the value chosen, or without it if it was.
  Refinement Toggled(const std::string& field, const std::string& value) const;
};

/// "2023", "2023-01", "2023-01-17".
bool IsDatePrefix(std::string_view text);

/// As the API's filter: values of one field joined by OR, all else by AND. "" if it leaves nothing out.
std::string FilterOf(const Refinement& refinement);

/// The part of a page's address behind the query and the index: "&f=language%3Aes&sort=date%3Adesc".
std::string AddressPart(const Refinement& refinement);

}  // namespace quipu::searchd
