// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "core/index/document_store.h"
#include "core/index/index_metadata.h"
#include "core/index/manifest.h"

namespace quipu::index {

/// The copy of the published generation from which a large change starts: documents only go away here, the
/// new ones are in the shards. Thread-safe.
class BaseGeneration {
 public:
  BaseGeneration(const std::filesystem::path& path, SharedState& state);

  /// Whether there is a document with this id that was not given to Delete.
  bool Contains(const std::string& id);
  void Touch(const ManifestEntry& entry);
  /// Removes documents and memories of files. Unknown ids are ignored.
  void Delete(const std::vector<std::string>& ids);
  void Commit();

  /// For use by one thread only.
  DocumentStore& store() { return store_; }

 private:
  std::mutex mutex_;
  DocumentStore store_;
  std::size_t uncommitted_ = 0;
};

}  // namespace quipu::index
