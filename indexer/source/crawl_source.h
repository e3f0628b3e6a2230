// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "indexer/source/web_source.h"

namespace quipu::source {

/// The pages that links lead to from a first one; `type = "crawl"`. Breadth first, so that the first
/// `max_pages` are those nearest to the start and the same on every run.
class CrawlSource final : public WebSource {
 public:
  explicit CrawlSource(Parts parts) : WebSource(std::move(parts)) {}

  /// An Error if the first page cannot be had: then the site is down, or not what it was.
  Result<Listing> List(const Scan& scan) override;

 private:
  struct Target {
    web::Url url;
    int depth = 0;
    int redirects = 0;
    std::string from;
  };
  void Crawl(const PageReader& reader, const Scan& scan);
  void Seed(const Target& start, const Scan& scan, web::PoliteClient& client);
  void Take(const Target& target, Page page);
  void Follow(const web::Url& location, const Target& target, Page& page);
  void Enqueue(const std::string& link, const Target& from);
  bool Remember(const web::Url& url);
  Status CheckStart(const web::Url& start) const;
  bool Full() const { return pages_.alive() >= static_cast<std::size_t>(parts_.settings.max_pages); }

  std::vector<Target> now_;   // of one depth
  std::vector<Target> next_;  // one deeper
  std::unordered_set<std::string> seen_;
  std::size_t asked_ = 0;
  bool overflow_ = false;
  bool partial_ = false;  // a sitemap could not be had: what it led to may still be there
  std::vector<Problem> problems_;
};

}  // namespace quipu::source
