// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace quipu::index {

/// The first eight bytes as a number that sorts as they do; most terms differ in them, and comparing numbers
/// that lie side by side is several times as fast as comparing texts that lie anywhere.
inline std::uint64_t LeadingBytes(std::string_view text) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i)
    number = number << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
  return number;
}

/// The numbers of `terms`, which have a `text` each, in the order of their texts.
template <typename Terms>
std::vector<std::uint32_t> InOrder(const Terms& terms) {
  struct Place {
    std::uint64_t leading;
    std::uint32_t number;
  };
  std::vector<Place> places;
  places.reserve(terms.size());
  for (std::uint32_t number = 0; number < terms.size(); ++number)
    places.push_back({LeadingBytes(terms[number].text), number});
  std::sort(places.begin(), places.end(), [&](const Place& a, const Place& b) {
    return a.leading != b.leading ? a.leading < b.leading : terms[a.number].text < terms[b.number].text;
  });
  std::vector<std::uint32_t> order;
  order.reserve(places.size());
  for (const Place& place : places) order.push_back(place.number);
  return order;
}

}  // namespace quipu::index
