// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "indexer/source/page_reader.h"
#include "indexer/source/source.h"
#include "indexer/web/spool.h"

namespace quipu::source {

/// The pages of one run, and the documents that they give: one an address, and one for all pages that name
/// the same canonical address. Filled by one thread; Read() may be called from several.
class PageSet {
 public:
  explicit PageSet(web::Spool& spool) : spool_(spool) {}

  /// `from`: the page that led there, for people; may be empty.
  void Add(Page page, std::string from = "");

  std::size_t alive() const { return alive_; }
  /// The page that was asked for at this address; null if none was.
  const Page* Find(const std::string& url) const;

  /// What the source has. Pages whose content is needed and was not fetched, since it is the same as before,
  /// are fetched by `reread`.
  using Reread = std::function<Page(const web::Url&)>;
  Listing MakeListing(const Reread& reread);

  Reading Read(const Found& found) const;

 private:
  struct Entry {
    Page page;
    std::string from;
    std::string id;    // of its document; empty: it gives none
    std::string memo;  // the page's, encoded: its links are most of what a page costs in memory
  };
  static void Pack(Entry& entry);
  std::string IdFor(const Entry& entry) const;
  void Fold(Page& page, const std::string& into) const;
  void FindCircles();
  void List(std::size_t at, const Reread& reread, Listing& listing);
  void Tell(const Entry& entry, Listing& listing) const;

  web::Spool& spool_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> by_url_;
  std::unordered_map<std::string, std::size_t> by_id_;
  std::size_t alive_ = 0;
};

}  // namespace quipu::source
