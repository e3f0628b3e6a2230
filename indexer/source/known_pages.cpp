// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/known_pages.h"

namespace quipu::source {

KnownPages::KnownPages(std::span<const index::ManifestEntry> entries, std::string_view mark) {
  for (const index::ManifestEntry& entry : entries) {
    if (entry.source != mark) continue;
    const std::string url = web::DecodeMemo(entry.memo).url;
    pages_.emplace(url.empty() ? entry.id : url, &entry);
  }
}

KnownPages::Page KnownPages::Find(const std::string& url) const {
  const auto place = pages_.find(url);
  if (place == pages_.end()) return {};
  return {place->second, web::DecodeMemo(place->second->memo)};
}

bool KnownPages::Page::IsDocument() const {
  return entry != nullptr && (entry->state == "indexed" || entry->state == "truncated");
}

}  // namespace quipu::source
