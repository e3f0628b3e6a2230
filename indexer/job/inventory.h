// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "indexer/source/source.h"

namespace quipu::job {

/// A file or line, and which of the index's sources has it.
struct Item {
  std::size_t source = 0;
  source::Found found;
};

struct ItemProblem {
  std::size_t source = 0;
  source::Problem problem;
};

/// A folder whose content is not known.
struct UnreadableFolder {
  std::size_t source = 0;
  std::string prefix;  // "a/b/"
};

/// What all sources of an index have together. `items` is sorted by id, and no id is there twice: of two
/// sources the first wins, and the other's file is a problem.
struct Inventory {
  std::vector<Item> items;
  std::vector<ItemProblem> problems;
  std::vector<UnreadableFolder> unreadable;
};

using Sources = std::vector<std::unique_ptr<source::Source>>;

/// The error is that of the first source that cannot be read as a whole: then the job must not go on, lest
/// everything in it be taken for gone.
Result<Inventory> TakeInventory(const Sources& sources, const source::Scan& scan);

/// The inventory of listings, one for each source.
Inventory MergeListings(std::vector<source::Listing> listings, const Sources& sources);

}  // namespace quipu::job
