// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <atomic>
#include <cstdint>
#include <string>

#include "core/index/document_writer.h"
#include "core/index/manifest.h"
#include "core/schema/document.h"

namespace quipu::index {

/// One writable Xapian database (a shard, or a published generation) as documents with their texts and
/// manifest entries. Commits nothing by itself. Not thread-safe; `next_text` is shared by the shards of an
/// index, so that their text numbers never clash.
class DocumentStore {
 public:
  DocumentStore(Xapian::WritableDatabase database, FieldTable& fields, std::atomic<std::uint64_t>& next_text)
      : database_(std::move(database)), writer_(fields), next_text_(next_text) {}

  /// True if there was a document with this id. A memory of its file without a document goes.
  bool Put(const schema::Document& document, const ManifestEntry& entry);
  /// Remembers a file without a document; true if there was a document, which goes.
  bool Record(const ManifestEntry& entry);
  /// Renews what is remembered of a file; false if nothing is.
  bool Touch(const ManifestEntry& entry);
  /// True if there was a document. The memory of the file goes too.
  bool Delete(const std::string& id);

  /// 0 if there is no such document.
  Xapian::docid Find(const std::string& id) const;
  /// Whether there is such a document, or the memory of its file.
  bool Knows(const std::string& id) const;

  Xapian::WritableDatabase& database() { return database_; }
  /// The ids of the documents that were put and had too many terms (kTooManyTerms).
  const std::vector<std::string>& shortened() const { return shortened_; }

 private:
  bool DeleteDocument(const std::string& id);
  void ForgetFile(const std::string& id);

  Xapian::WritableDatabase database_;
  DocumentWriter writer_;
  std::atomic<std::uint64_t>& next_text_;
  std::vector<std::string> shortened_;
};

/// The number in a document's text slot; 0: it has no text.
std::string EncodeTextNumber(std::uint64_t number);
std::uint64_t DecodeTextNumber(std::string_view bytes);

}  // namespace quipu::index
