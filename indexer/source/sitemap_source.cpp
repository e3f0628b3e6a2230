// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/sitemap_source.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "indexer/source/crew.h"
#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

using web::UrlScope;

constexpr std::size_t kBatch = 64;

}  // namespace

Result<SitemapReader::List> SitemapSource::ReadList(const Scan& scan, web::PoliteClient& client) {
  SitemapReader reader({client, parts_.scope, scan});
  if (!parts_.settings.url.empty()) {
    const auto url = web::Url::Parse(parts_.settings.url);
    if (!url)
      return Error{Code::kConfig, fmt::format("`{}` is no address of http or https", parts_.settings.url)};
    parts_.scope.AllowOriginOf(*url);
    return reader.Fetch(*url);
  }
  auto list = reader.ReadFile(parts_.settings.path);
  // Who put the file on this disk vouches for the hosts that it lists.
  if (list && parts_.settings.allow_hosts.empty()) {
    for (const SitemapReader::Entry& entry : list->entries) {
      if (!parts_.scope.AllowsHost(entry.url)) parts_.scope.AllowOriginOf(entry.url);
    }
  }
  return list;
}

/// The entries to be read; what is left out is told.
std::vector<SitemapReader::Entry> SitemapSource::Choose(SitemapReader::List& list) const {
  std::vector<SitemapReader::Entry> chosen;
  const auto limit = static_cast<std::size_t>(parts_.settings.max_pages);
  for (SitemapReader::Entry& entry : list.entries) {
    const auto verdict = parts_.scope.Judge(entry.url);
    if (verdict == UrlScope::Verdict::kOtherHost) {
      list.problems.push_back({IdOfPath(entry.url.text()), extract::State::kSkipped,
                               "on another host than the list; `allow_hosts` would let it in"});
    } else if (verdict == UrlScope::Verdict::kTrap) {
      list.problems.push_back({IdOfPath(entry.url.text()), extract::State::kSkipped,
                               "looks like one of endlessly many addresses"});
    } else if (verdict == UrlScope::Verdict::kDocument) {
      if (chosen.size() >= limit) {
        list.problems.push_back({parts_.name, extract::State::kSkipped,
                                 fmt::format("{} pages are listed; the first {} were read (`max_pages`)",
                                             list.entries.size(), limit)});
        break;
      }
      chosen.push_back(std::move(entry));
    }
  }
  return chosen;
}

Result<Listing> SitemapSource::List(const Scan& scan) {
  const KnownPages known(scan.known, parts_.mark);
  web::PoliteClient client({*parts_.http, parts_.scope, PolitenessOf(), scan.stop});
  auto list = ReadList(scan, client);
  if (!list) return list.error();
  const std::vector<SitemapReader::Entry> entries = Choose(*list);
  const PageReader reader({client, parts_.scope, known, spool_, scan, parts_.settings, false});
  for (std::size_t at = 0; at < entries.size() && !scan.stop.stop_requested(); at += kBatch) {
    const std::size_t count = std::min(kBatch, entries.size() - at);
    std::vector<std::optional<Page>> pages(count);
    InParallel(count, kThreads, [&](std::size_t i) {
      const SitemapReader::Entry& entry = entries[at + i];
      pages[i] = reader.Visit({.url = entry.url, .listed = entry.date, .through = true});
    });
    for (std::optional<Page>& page : pages) pages_.Add(*std::move(page));
  }
  Listing listing = pages_.MakeListing(
      [&](const web::Url& url) { return reader.Visit({.url = url, .reread = true, .through = true}); });
  if (scan.stop.stop_requested()) return Error{Code::kInterrupted, "interrupted"};
  for (Problem& problem : list->problems) listing.problems.push_back(std::move(problem));
  // Every entry of this source: nobody knows whether what is not listed is gone.
  if (list->partial) listing.unreadable.emplace_back();
  return listing;
}

}  // namespace quipu::source
