// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/index/index_reader.h"
#include "core/search/doc_set.h"
#include "core/search/search_result.h"

namespace quipu::search {

/// Which documents have the same group key in a value slot. Takes 24 bytes a document that has one and a bit
/// for each; built by one pass over the slot (some milliseconds for 100,000), then a look-up is a binary
/// search.
class GroupTable {
 public:
  GroupTable(const Xapian::Database& database, Xapian::valueno slot);

  /// The documents that may have `key`, ascending; in one case of 2^64 others with them.
  std::vector<Xapian::docid> Members(std::string_view key) const;
  /// Whether the document has a key: most have none, and asking the database for each would cost more.
  bool Has(Xapian::docid docid) const { return grouped_.Has(docid); }
  /// The number of the group of a document that has one, below groups().
  std::uint32_t GroupOf(Xapian::docid docid) const;
  std::uint32_t groups() const { return groups_; }

 private:
  std::vector<std::pair<std::uint64_t, Xapian::docid>> members_;   // hash of the key, document
  std::vector<std::pair<Xapian::docid, std::uint32_t>> group_of_;  // ascending
  std::uint32_t groups_ = 0;
  DocSet grouped_;
};

/// The group tables of the state that is searched now; made when first asked for. Thread-safe.
class GroupTables {
 public:
  std::shared_ptr<const GroupTable> Of(const index::IndexReader& reader, Xapian::valueno slot);

 private:
  struct Kept {
    std::uint64_t generation = 0;
    std::uint64_t revision = 0;
    std::shared_ptr<const GroupTable> table;
  };
  std::mutex mutex_;
  Kept duplicates_;
  Kept translations_;
};

/// Near-duplicates and translations named in one hit at most.
inline constexpr std::size_t kMaxDuplicatesShown = 10;
inline constexpr std::size_t kMaxTranslationsShown = 30;

struct RelatedOptions {
  bool duplicates = true;
  const DocSet* allowed = nullptr;  // only these are named or counted; null: all
};

/// Fills Hit::translations, and Hit::duplicates if they are wanted. Costs a look at two values of each hit,
/// and more only for hits that have a group.
void FindRelated(const index::IndexReader& reader, GroupTables& tables, const RelatedOptions& options,
                 std::vector<Hit>& hits);

}  // namespace quipu::search
