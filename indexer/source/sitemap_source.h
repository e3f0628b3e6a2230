// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "indexer/source/sitemap_reader.h"
#include "indexer/source/web_source.h"

namespace quipu::source {

/// The pages that a sitemap or a feed lists; `type = "sitemap"`. Pages with the date that they had before are
/// not asked for.
class SitemapSource final : public WebSource {
 public:
  explicit SitemapSource(Parts parts) : WebSource(std::move(parts)) {}

  /// An Error if the sitemap itself cannot be had. What a part of it lists that cannot be had is kept.
  Result<Listing> List(const Scan& scan) override;

 private:
  Result<SitemapReader::List> ReadList(const Scan& scan, web::PoliteClient& client);
  std::vector<SitemapReader::Entry> Choose(SitemapReader::List& list) const;
};

}  // namespace quipu::source
