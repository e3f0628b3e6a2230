// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/crawl_source.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "indexer/source/crew.h"
#include "indexer/source/document_id.h"
#include "indexer/source/sitemap_reader.h"

namespace quipu::source {
namespace {

using web::UrlScope;

constexpr std::size_t kBatch = 32;
constexpr int kMaxRedirects = 10;
constexpr std::size_t kMaxAddresses = 2'000'000;

/// How many addresses may be known: enough for every page that is wanted, and bounded.
std::size_t MaxAddresses(std::int64_t max_pages) {
  return std::min(kMaxAddresses, 50'000 + 20 * static_cast<std::size_t>(max_pages));
}

/// Pages that fail do not count as pages; yet a site that only fails must come to an end.
std::size_t MaxRequests(std::int64_t max_pages) { return 1000 + 4 * static_cast<std::size_t>(max_pages); }

}  // namespace

Result<Listing> CrawlSource::List(const Scan& scan) {
  const auto parsed = web::Url::Parse(parts_.settings.url);
  if (!parsed)
    return Error{Code::kConfig, fmt::format("`{}` is no address of http or https", parts_.settings.url)};
  const web::Url start = parts_.scope.Tidy(*parsed);
  parts_.scope.AllowOriginOf(start);
  const KnownPages known(scan.known, parts_.mark);
  web::PoliteClient client({*parts_.http, parts_.scope, PolitenessOf(), scan.stop});
  const PageReader reader({client, parts_.scope, known, spool_, scan, parts_.settings, true});
  Remember(start);
  now_.push_back({start});
  if (parts_.settings.use_sitemaps) Seed(now_.front(), scan, client);
  Crawl(reader, scan);
  if (scan.stop.stop_requested()) return Error{Code::kInterrupted, "interrupted"};
  if (auto status = CheckStart(start); !status) return status.error();
  Listing listing =
      pages_.MakeListing([&](const web::Url& url) { return reader.Visit({.url = url, .reread = true}); });
  if (scan.stop.stop_requested()) return Error{Code::kInterrupted, "interrupted"};
  for (Problem& problem : problems_) listing.problems.push_back(std::move(problem));
  if (partial_) listing.unreadable.emplace_back();
  const auto tell = [&](std::string reason) {
    listing.problems.push_back({parts_.name, extract::State::kSkipped, std::move(reason)});
  };
  if (Full() && !(now_.empty() && next_.empty()))
    tell(
        fmt::format("there are more pages; the first {} were read (`max_pages`)", parts_.settings.max_pages));
  if (overflow_)
    tell(fmt::format("more than {} addresses; the rest was left out",
                     MaxAddresses(parts_.settings.max_pages)));
  return listing;
}

/// What the sitemaps of the site list is as near as what its first page links to.
void CrawlSource::Seed(const Target& start, const Scan& scan, web::PoliteClient& client) {
  for (const std::string& text : client.SitemapsOf(start.url)) {
    const auto url = start.url.Resolve(text);
    if (!url || !parts_.scope.AllowsHost(*url) || scan.stop.stop_requested()) continue;
    auto list = SitemapReader({client, parts_.scope, scan}).Fetch(*url);
    if (!list) {
      problems_.push_back({IdOfPath(url->text()), extract::State::kFailed, list.error().message});
      partial_ = true;
      continue;
    }
    partial_ = partial_ || list->partial;
    for (Problem& problem : list->problems) problems_.push_back(std::move(problem));
    for (const SitemapReader::Entry& entry : list->entries) {
      const auto verdict = parts_.scope.Judge(entry.url);
      if (verdict == UrlScope::Verdict::kDocument || verdict == UrlScope::Verdict::kLinksOnly)
        Enqueue(entry.url.text(), start);
    }
  }
}

void CrawlSource::Crawl(const PageReader& reader, const Scan& scan) {
  while (!now_.empty()) {
    // `now_` grows by redirects while it is worked through.
    for (std::size_t at = 0; at < now_.size();) {
      const std::size_t room = static_cast<std::size_t>(parts_.settings.max_pages) - pages_.alive();
      const std::size_t count = std::min({kBatch, room, now_.size() - at});
      if (count == 0 || asked_ >= MaxRequests(parts_.settings.max_pages) || scan.stop.stop_requested()) {
        now_.erase(now_.begin(), now_.begin() + static_cast<std::ptrdiff_t>(at));
        return;
      }
      std::vector<std::optional<Page>> pages(count);
      InParallel(count, kThreads, [&](std::size_t i) { pages[i] = reader.Visit({.url = now_[at + i].url}); });
      asked_ += count;
      for (std::size_t i = 0; i < count; ++i) Take(Target(now_[at + i]), *std::move(pages[i]));
      at += count;
    }
    now_ = std::exchange(next_, {});
  }
}

void CrawlSource::Take(const Target& target, Page page) {
  if (page.kind == Page::Kind::kRedirect) Follow(*page.location, target, page);
  if (!page.memo.canonical.empty()) Enqueue(page.memo.canonical, target);
  if (target.depth < parts_.settings.max_depth) {
    for (const std::string& link : page.memo.links) Enqueue(link, target);
  }
  pages_.Add(std::move(page), target.from);
}

/// What is redirected is as near to the start as where it was asked for.
void CrawlSource::Follow(const web::Url& location, const Target& target, Page& page) {
  const auto verdict = parts_.scope.Judge(location);
  const auto give_up = [&page](Page::Kind kind, std::string reason) {
    page.kind = kind;
    page.reason = std::move(reason);
  };
  if (verdict == UrlScope::Verdict::kOtherHost)
    return give_up(Page::Kind::kSkipped, fmt::format("redirects to {}, another host", location.text()));
  if (verdict != UrlScope::Verdict::kDocument && verdict != UrlScope::Verdict::kLinksOnly && target.depth > 0)
    return give_up(Page::Kind::kSkipped,
                   fmt::format("redirects to {}, which is not wanted", location.text()));
  if (target.redirects >= kMaxRedirects)
    return give_up(Page::Kind::kFailed, fmt::format("redirects more than {} times", kMaxRedirects));
  if (Remember(location)) now_.push_back({location, target.depth, target.redirects + 1, target.from});
}

void CrawlSource::Enqueue(const std::string& link, const Target& from) {
  if (seen_.contains(link)) return;
  auto url = web::Url::Parse(link);
  // Settings may have changed since the link was remembered.
  if (!url || !parts_.scope.AllowsHost(*url) || !Remember(*url)) return;
  next_.push_back({*std::move(url), from.depth + 1, 0, from.url.text()});
}

/// False if the address was known already, or if there are too many.
bool CrawlSource::Remember(const web::Url& url) {
  if (seen_.contains(url.text())) return false;
  if (seen_.size() >= MaxAddresses(parts_.settings.max_pages)) {
    overflow_ = true;
    return false;
  }
  return seen_.insert(url.text()).second;
}

/// A start that cannot be read says nothing about the other pages: they must not be taken for gone.
Status CrawlSource::CheckStart(const web::Url& start) const {
  const Page* page = pages_.Find(start.text());
  for (int hops = 0; page != nullptr && page->kind == Page::Kind::kRedirect && hops <= kMaxRedirects; ++hops)
    page = pages_.Find(page->location->text());
  if (page != nullptr && page->alive()) return Done{};
  std::string reason = page == nullptr || page->reason.empty() ? "redirects in a circle" : page->reason;
  if (reason.ends_with("another host")) reason += "; start there, or add that host to `allow_hosts`";
  return Error{Code::kIo, fmt::format("the crawl cannot begin: {}: {}", start.text(), reason)};
}

}  // namespace quipu::source
