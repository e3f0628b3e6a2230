// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/inventory.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <fmt/format.h>

namespace quipu::job {
namespace {

std::string WhyItLoses(const Item& loser, const Item& winner, const Sources& sources) {
  if (loser.source == winner.source) return fmt::format("`{}` has the same id", winner.found.id);
  return fmt::format("the source `{}`, which comes first, has a document of the same id",
                     sources[winner.source]->name());
}

}  // namespace

Inventory MergeListings(std::vector<source::Listing> listings, const Sources& sources) {
  Inventory inventory;
  for (std::size_t source = 0; source < listings.size(); ++source) {
    for (auto& found : listings[source].found) inventory.items.push_back({source, std::move(found)});
    for (auto& problem : listings[source].problems)
      inventory.problems.push_back({source, std::move(problem)});
    for (auto& prefix : listings[source].unreadable)
      inventory.unreadable.push_back({source, std::move(prefix)});
  }
  auto& items = inventory.items;
  // A name that is its id goes before one that was escaped to it.
  const auto order = [](const Item& item) {
    return std::tuple(std::string_view(item.found.id), item.source, item.found.name != item.found.id,
                      std::string_view(item.found.name));
  };
  std::sort(items.begin(), items.end(), [&](const Item& a, const Item& b) { return order(a) < order(b); });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (kept > 0 && items[kept - 1].found.id == items[i].found.id) {
      inventory.problems.push_back(
          {items[i].source,
           {items[i].found.id, extract::State::kSkipped, WhyItLoses(items[i], items[kept - 1], sources)}});
    } else {
      if (kept != i) items[kept] = std::move(items[i]);
      ++kept;
    }
  }
  items.resize(kept);
  return inventory;
}

Result<Inventory> TakeInventory(const Sources& sources, const source::Scan& scan) {
  std::vector<source::Listing> listings;
  for (const auto& source : sources) {
    auto listing = source->List(scan);
    if (!listing) return listing.error();
    listings.push_back(std::move(listing).value());
  }
  return MergeListings(std::move(listings), sources);
}

}  // namespace quipu::job
