// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <unordered_set>
#include <vector>

#include "core/base/result.h"
#include "indexer/extract/extractor.h"
#include "indexer/source/source.h"
#include "indexer/web/polite_client.h"
#include "indexer/web/url.h"
#include "indexer/web/url_scope.h"

namespace quipu::source {

/// Reads a sitemap, what it nests, or a feed, into one list of addresses. The bytes are parsed in the
/// sandbox. Not thread-safe; what it refers to outlives it.
class SitemapReader {
 public:
  struct Parts {
    web::PoliteClient& client;
    web::UrlScope& scope;
    const Scan& scan;
  };
  explicit SitemapReader(Parts parts) : parts_(parts) {}

  struct Entry {
    web::Url url;
    std::string date;
  };
  struct List {
    std::vector<Entry> entries;  // in order, each address once
    std::vector<Problem> problems;
    /// There may be pages that the list does not name: part of it could not be read, or it is a feed, which
    /// names only the newest.
    bool partial = false;
  };
  static constexpr int kMaxDepth = 3;
  static constexpr std::size_t kMaxSitemaps = 5000;
  static constexpr std::size_t kMaxEntries = 2'000'000;

  /// The Error says why there is no list at all.
  Result<List> Fetch(const web::Url& url);
  Result<List> ReadFile(const std::filesystem::path& path);

 private:
  Result<extract::PageLinks> Get(const web::Url& first);
  Result<extract::PageLinks> Parse(int fd, const std::string& name);
  void Take(const extract::PageLinks& links, const web::Url* base, int depth);
  void Descend(const web::Url& url, int depth);

  Parts parts_;
  List list_;
  bool part_is_gone_ = false;
  std::unordered_set<std::string> seen_;
  std::unordered_set<std::string> seen_maps_;
};

}  // namespace quipu::source
