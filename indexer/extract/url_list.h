// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string_view>

#include "indexer/extract/extractor.h"

namespace quipu::extract {

/// Most bytes of a list of addresses, packed and unpacked; sitemaps.org allows 50 MiB.
inline constexpr std::size_t kMaxUrlListBytes = 64ULL << 20;

/// Reads a list of addresses: a sitemap (`urlset`), an index of sitemaps, an RSS or Atom feed, or a text with
/// one address a line; each may be compressed with gzip. The answer has only `links`, and kFailed with the
/// reason for what is none of these, kTruncated where the list breaks off or is longer than kMaxListLinks.
Extracted ReadUrlList(std::string_view bytes);

}  // namespace quipu::extract
