// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::web {

/// What a source of pages keeps of each until its next run, as ManifestEntry::memo: how to ask whether the
/// page changed, and what is needed of a page that did not.
struct PageMemo {
  std::string url;   // where it was fetched; empty: the document's id
  std::string etag;  // as the server sent them
  std::string last_modified;
  std::string listed;              // its date in the sitemap or feed
  std::string scope;               // of the settings that `links` was chosen by
  std::string canonical;           // the address that the page names as its own; empty: none or this one
  bool links_only = false;         // no document was wanted of it
  bool duplicate = false;          // it gave none, since `canonical` did
  std::vector<std::string> links;  // where it leads, each in normal form

  static constexpr std::size_t kMaxLinks = 2000;
  bool operator==(const PageMemo&) const = default;
};

/// At most about 64 KiB; links that do not fit are left out, the last ones first.
std::string EncodeMemo(const PageMemo& memo);

/// An empty memo for what is none.
PageMemo DecodeMemo(std::string_view text);

}  // namespace quipu::web
