// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/carry_over.h"

#include <utility>

#include "core/index/text_store.h"
#include "indexer/job/plan.h"

namespace quipu::job {

void CarryOver(index::IndexReader& from, std::span<const index::ManifestEntry> entries, index::IndexJob& to,
               const std::stop_token& stop) {
  for (const index::ManifestEntry& entry : entries) {
    if (stop.stop_requested()) return;
    if (!IsDocument(entry)) {
      to.Record(entry);
      continue;
    }
    const auto docid = from.FindDocument(entry.id);
    if (docid == 0) continue;
    schema::Document document = from.StoredDocument(docid);
    if (const std::uint64_t text = from.TextNumber(docid); text != 0) {
      document.body = index::ReadText(from.database(), text);
      document.segments = index::ReadTextHeader(from.database(), text).segments;
    }
    to.Put(std::move(document), entry);
  }
}

}  // namespace quipu::job
