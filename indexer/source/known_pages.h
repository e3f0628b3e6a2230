// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/index/manifest.h"
#include "indexer/web/page_memo.h"

namespace quipu::source {

/// What the index remembers of a source's pages, by the address that they were fetched from. The entries
/// outlive this.
class KnownPages {
 public:
  /// Only entries with this mark count: with other settings the same page gives another document.
  KnownPages(std::span<const index::ManifestEntry> entries, std::string_view mark);

  struct Page {
    const index::ManifestEntry* entry = nullptr;  // null: not known
    web::PageMemo memo;
    bool IsDocument() const;
  };
  Page Find(const std::string& url) const;

 private:
  std::unordered_map<std::string, const index::ManifestEntry*> pages_;
};

}  // namespace quipu::source
