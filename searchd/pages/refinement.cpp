// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/pages/refinement.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "searchd/pages/html.h"

namespace quipu::searchd {
namespace {

/// `text` as a filter's quoted text.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

bool Refinement::Has(std::string_view field, std::string_view value) const {
  return std::any_of(facets.begin(), facets.end(),
                     [&](const auto& one) { return one.first == field && one.second == value; });
}

Refinement Refinement::Toggled(const std::string& field, const std::string& value) const {
  Refinement other = *this;
  if (std::erase(other.facets, std::pair(field, value)) == 0) other.facets.emplace_back(field, value);
  return other;
}

bool IsDatePrefix(std::string_view text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool right =
        i == 4 || i == 7 ? text[i] == '-' : std::isdigit(static_cast<unsigned char>(text[i])) != 0;
    if (!right) return false;
  }
  const auto number = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  if (text.size() > 4 && (number(5) < 1 || number(5) > 12)) return false;
  return text.size() < 10 || (number(8) >= 1 && number(8) <= 31);
}

std::string FilterOf(const Refinement& refinement) {
  std::map<std::string, std::string> values;
  for (const auto& [field, value] : refinement.facets) {
    std::string& list = values[field];
    list += (list.empty() ? "" : ", ") + Quoted(value);
  }
  std::string filter;
  const auto add = [&](const std::string& condition) {
    filter += (filter.empty() ? "" : " AND ") + condition;
  };
  for (const auto& [field, list] : values) add(fmt::format("{} IN [{}]", Quoted(field), list));
  if (!refinement.from.empty()) add(fmt::format("date >= {}", Quoted(refinement.from)));
  if (!refinement.to.empty()) add(fmt::format("date <= {}", Quoted(refinement.to)));
  return filter;
}

std::string AddressPart(const Refinement& refinement) {
  std::string part;
  const auto add = [&](std::string_view name, std::string_view value) {
    if (!value.empty()) part += fmt::format("&{}={}", name, PercentEncode(value));
  };
  for (const auto& [field, value] : refinement.facets) add("f", fmt::format("{}:{}", field, value));
  add("from", refinement.from);
  add("to", refinement.to);
  add("sort", refinement.sort);
  if (!refinement.typos) add("typos", "off");
  add("more", refinement.more);
  return part;
}

}  // namespace quipu::searchd
