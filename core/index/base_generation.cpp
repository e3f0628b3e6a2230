// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/base_generation.h"

namespace quipu::index {
namespace {

constexpr std::size_t kCommitChanges = 500;

}  // namespace

BaseGeneration::BaseGeneration(const std::filesystem::path& path, SharedState& state)
    : store_(Xapian::WritableDatabase(path.string(), Xapian::DB_OPEN | Xapian::DB_NO_SYNC), state.fields,
             state.next_text) {}

bool BaseGeneration::Contains(const std::string& id) {
  const std::scoped_lock lock(mutex_);
  return store_.Find(id) != 0;
}

void BaseGeneration::Touch(const ManifestEntry& entry) {
  const std::scoped_lock lock(mutex_);
  store_.Touch(entry);
}

void BaseGeneration::Delete(const std::vector<std::string>& ids) {
  const std::scoped_lock lock(mutex_);
  for (const std::string& id : ids) store_.Delete(id);
  uncommitted_ += ids.size();
  if (uncommitted_ < kCommitChanges) return;
  store_.database().commit();
  uncommitted_ = 0;
}

void BaseGeneration::Commit() {
  const std::scoped_lock lock(mutex_);
  store_.database().commit();
  uncommitted_ = 0;
}

}  // namespace quipu::index
