// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/document_groups.h"

#include <algorithm>
#include <functional>

#include "core/schema/field.h"

namespace quipu::search {
namespace {

std::uint64_t HashOf(std::string_view key) { return std::hash<std::string_view>()(key); }

// Of a group that is larger than this, the rest is neither named nor counted.
constexpr std::size_t kMaxGroup = 1000;

RelatedDocument Related(const index::IndexReader& reader, Xapian::docid docid) {
  schema::Document document = reader.StoredDocument(docid);
  return {std::move(document.id), std::move(document.url), std::move(document.title),
          std::move(document.date), std::move(document.language)};
}

class Finder {
 public:
  Finder(const index::IndexReader& reader, GroupTables& tables, const DocSet* allowed)
      : reader_(reader), tables_(tables), allowed_(allowed) {}

  /// At most `keep` of the other documents in the group of `docid`; returns how many there are.
  std::uint64_t Find(Xapian::docid docid, Xapian::valueno slot, std::size_t keep,
                     std::vector<RelatedDocument>& others) {
    const std::shared_ptr<const GroupTable> table = tables_.Of(reader_, slot);
    if (!table->Has(docid)) return 0;
    const std::string key = reader_.database().get_document(docid).get_value(slot);
    std::vector<Xapian::docid> members = table->Members(key);
    std::erase(members, docid);
    if (allowed_ != nullptr)
      std::erase_if(members, [&](Xapian::docid member) { return !allowed_->Has(member); });
    members.resize(std::min(members.size(), kMaxGroup));
    for (const Xapian::docid member : members) {
      if (others.size() == keep) break;
      others.push_back(Related(reader_, member));
    }
    return members.size();
  }

 private:
  const index::IndexReader& reader_;
  GroupTables& tables_;
  const DocSet* allowed_;
};

}  // namespace

GroupTable::GroupTable(const Xapian::Database& database, Xapian::valueno slot)
    : grouped_(database.get_lastdocid()) {
  members_.reserve(database.get_value_freq(slot));
  for (auto value = database.valuestream_begin(slot); value != database.valuestream_end(slot); ++value) {
    const Xapian::docid docid = value.get_docid();
    if (docid > database.get_lastdocid())
      throw Xapian::DatabaseModifiedError("a value stands for a document beyond the last");
    members_.emplace_back(HashOf(*value), docid);
    grouped_.Add(docid);
  }
  std::sort(members_.begin(), members_.end());
  group_of_.reserve(members_.size());
  for (std::size_t i = 0; i < members_.size(); ++i) {
    if (i == 0 || members_[i].first != members_[i - 1].first) ++groups_;
    group_of_.emplace_back(members_[i].second, groups_ - 1);
  }
  std::sort(group_of_.begin(), group_of_.end());
}

std::uint32_t GroupTable::GroupOf(Xapian::docid docid) const {
  return std::lower_bound(group_of_.begin(), group_of_.end(), std::pair(docid, std::uint32_t{0}))->second;
}

std::vector<Xapian::docid> GroupTable::Members(std::string_view key) const {
  std::vector<Xapian::docid> members;
  const std::uint64_t hash = HashOf(key);
  for (auto at = std::lower_bound(members_.begin(), members_.end(), std::pair(hash, Xapian::docid{0}));
       at != members_.end() && at->first == hash; ++at)
    members.push_back(at->second);
  return members;
}

std::shared_ptr<const GroupTable> GroupTables::Of(const index::IndexReader& reader, Xapian::valueno slot) {
  const std::scoped_lock lock(mutex_);
  Kept& kept = slot == schema::kDuplicateSlot ? duplicates_ : translations_;
  const std::uint64_t revision = reader.revision();
  if (!kept.table || kept.generation != reader.generation() || kept.revision != revision) {
    kept = {reader.generation(), revision, std::make_shared<const GroupTable>(reader.database(), slot)};
  }
  return kept.table;
}

void FindRelated(const index::IndexReader& reader, GroupTables& tables, const RelatedOptions& options,
                 std::vector<Hit>& hits) {
  const Xapian::Database& database = reader.database();
  const bool duplicates = options.duplicates && database.get_value_freq(schema::kDuplicateSlot) > 0;
  const bool translations = database.get_value_freq(schema::kTranslationSlot) > 0;
  Finder finder(reader, tables, options.allowed);
  for (Hit& hit : hits) {
    if (duplicates) {
      hit.duplicates_count =
          finder.Find(hit.docid, schema::kDuplicateSlot, kMaxDuplicatesShown, hit.duplicates);
    }
    if (translations)
      finder.Find(hit.docid, schema::kTranslationSlot, kMaxTranslationsShown, hit.translations);
  }
}

}  // namespace quipu::search
