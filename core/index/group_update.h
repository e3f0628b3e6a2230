// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <vector>

namespace quipu::index {

/// How many documents have another key than before.
struct GroupChanges {
  std::uint64_t duplicates = 0;
  std::uint64_t translations = 0;
};

/// Gives every document of an index the keys of its groups of copies and of translations, or takes them away
/// (slots kDuplicateSlot, kTranslationSlot). `parts` are all databases of the index; what they have not
/// committed counts, and nothing is committed here. `folders`: language folders tell translations. Reads
/// value slots only: 100,000 documents take about a second; only documents whose groups changed are written.
GroupChanges UpdateGroups(std::vector<Xapian::WritableDatabase>& parts, bool folders);

}  // namespace quipu::index
