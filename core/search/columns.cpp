// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/search/columns.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/search/postings.h"

namespace quipu::search {
namespace {

// A search may still be on the state before the newest; on an older one it would have met an error and
// started again.
constexpr std::size_t kMaxStates = 2;

constexpr std::string_view kColumn = "column ";

struct FieldList {
  index::FieldTable::Columns fields;
  std::size_t bytes() const { return fields.size() * 128; }
};

}  // namespace

std::shared_ptr<Columns::Kept> Columns::Open(const std::string& name) {
  const std::scoped_lock lock(mutex_);
  const auto [found, is_new] = entries_.try_emplace(name);
  if (is_new) {
    found->second.kept = std::make_shared<Kept>();
    used_.push_front(name);
    found->second.use = used_.begin();
  } else {
    used_.splice(used_.begin(), used_, found->second.use);
  }
  return found->second.kept;
}

void Columns::Account(const std::string& name, const Kept& kept) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(name);
  // It may have been dropped while it was made.
  if (found == entries_.end() || found->second.kept.get() != &kept) return;
  bytes_ += kept.bytes;
  for (auto last = used_.end(); bytes_ > max_bytes_ && last != used_.begin();) {
    --last;
    const auto entry = entries_.find(*last);
    // What has no size yet is being made.
    if (*last == name || entry->second.kept->bytes == 0) continue;
    bytes_ -= entry->second.kept->bytes;
    entries_.erase(entry);
    last = used_.erase(last);
  }
}

template <typename T, typename Make>
std::shared_ptr<const T> Columns::Find(const std::string& name, const Make& make) {
  const std::shared_ptr<Kept> kept = Open(name);
  const std::scoped_lock making(kept->mutex);
  if (!kept->made) {
    std::shared_ptr<const T> made = make();
    {
      const std::scoped_lock lock(mutex_);
      kept->bytes = made->bytes() + name.size();
    }
    kept->made = std::move(made);
    Account(name, *kept);
  }
  return std::static_pointer_cast<const T>(kept->made);
}

std::shared_ptr<const Column> Columns::Get(const index::IndexReader& reader, const SearchField& field) {
  return Find<Column>(std::string(kColumn) + field.name,
                      [&] { return std::make_shared<const Column>(reader.database(), field); });
}

std::shared_ptr<const index::FieldTable::Columns> Columns::Fields(const index::IndexReader& reader) {
  const auto list = Find<FieldList>(
      "fields", [&] { return std::make_shared<const FieldList>(FieldList{reader.UserFields()}); });
  return {list, &list->fields};
}

std::shared_ptr<const DocSet> Columns::Documents(const index::IndexReader& reader) {
  return Find<DocSet>("documents", [&] {
    const Xapian::Database& database = reader.database();
    auto documents = std::make_shared<DocSet>(database.get_lastdocid());
    AddPostings(database, "", *documents);
    return documents;
  });
}

std::shared_ptr<const DocSet> Columns::Set(const std::string& name,
                                           const std::function<std::shared_ptr<const DocSet>()>& make) {
  return Find<DocSet>("set " + name, make);
}

std::vector<std::string> Columns::Names() const {
  const std::scoped_lock lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, entry] : entries_) {
    if (entry.kept->bytes > 0 && name.starts_with(kColumn)) names.push_back(name.substr(kColumn.size()));
  }
  return names;
}

std::size_t Columns::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

std::shared_ptr<Columns> ColumnStore::Of(const index::IndexReader& reader) {
  const std::uint64_t generation = reader.generation();
  const std::uint64_t revision = reader.revision();
  const std::scoped_lock lock(mutex_);
  for (const State& state : states_) {
    if (state.generation == generation && state.revision == revision) return state.columns;
  }
  auto columns = std::make_shared<Columns>(max_bytes_);
  states_.push_back({generation, revision, columns});
  std::sort(states_.begin(), states_.end(), [](const State& a, const State& b) {
    return std::pair(a.generation, a.revision) < std::pair(b.generation, b.revision);
  });
  if (states_.size() > kMaxStates) states_.erase(states_.begin());
  return columns;
}

void ColumnStore::Warm(const index::IndexReader& reader) {
  std::shared_ptr<Columns> before;
  {
    const std::scoped_lock lock(mutex_);
    if (!states_.empty()) before = states_.back().columns;
  }
  const std::shared_ptr<Columns> now = Of(reader);
  if (!before || before == now) return;
  const auto fields = now->Fields(reader);
  for (const std::string& name : before->Names()) {
    if (const auto field = FindSearchField(*fields, name)) now->Get(reader, *field);
  }
}

std::size_t ColumnStore::bytes() const {
  const std::scoped_lock lock(mutex_);
  std::size_t bytes = 0;
  for (const State& state : states_) bytes += state.columns->bytes();
  return bytes;
}

}  // namespace quipu::search
