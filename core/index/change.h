// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>

#include "core/index/document_store.h"
#include "core/index/manifest.h"
#include "core/schema/document.h"

namespace quipu::index {

/// One thing that a job wants done to the index. `document` is set for kPut only; kDelete uses only the id
/// of `entry`.
struct Change {
  enum class Kind : std::uint8_t { kPut, kRecord, kTouch, kDelete };
  Kind kind = Kind::kPut;
  schema::Document document;
  ManifestEntry entry;

  const std::string& id() const { return entry.id; }
  /// About the memory that it holds.
  std::size_t bytes() const;
};

/// What changes did to the documents.
struct ChangeCounts {
  std::uint64_t added = 0;
  std::uint64_t replaced = 0;
  std::uint64_t deleted = 0;

  /// Counts a change of a document that `existed` before.
  void Count(Change::Kind kind, bool existed);
  void Add(const ChangeCounts& other);
};

/// Does `change` to `store`; true if there was a document with its id.
bool Apply(const Change& change, DocumentStore& store);

}  // namespace quipu::index
