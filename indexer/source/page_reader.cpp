// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/page_reader.h"

#include <ctime>
#include <unordered_set>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "indexer/extract/wire.h"
#include "indexer/source/content_hash.h"

namespace quipu::source {
namespace {

using Kind = Page::Kind;
using web::UrlScope;

constexpr int kMaxRedirects = 10;
constexpr std::size_t kMaxValidatorBytes = 500;
constexpr std::string_view kAccept =
    "text/html,application/xhtml+xml,application/pdf;q=0.9,text/*;q=0.9,*/*;q=0.8";

/// The page's name as the extractor wants one: the last part of the path, with an ending that goes with what
/// the server says it is, where the path has none.
std::string NameOf(const web::Url& url, std::string_view type) {
  std::string name = url.path().substr(url.path().rfind('/') + 1);
  if (name.find('.') != std::string::npos) return name;
  if (name.empty()) name = "index";
  if (type.starts_with("text/html") || type.starts_with("application/xhtml")) return name + ".html";
  if (type.starts_with("text/markdown")) return name + ".md";
  if (type.starts_with("text/csv")) return name + ".csv";
  if (type.starts_with("text/plain")) return name + ".txt";
  return name;
}

/// Of "text/html; charset=\"iso-8859-2\"".
std::string CharsetOf(std::string_view type) {
  const std::size_t at = type.find("charset=");
  if (at == std::string_view::npos) return "";
  std::string charset(type.substr(at + 8, type.find(';', at) - at - 8));
  std::erase_if(charset, [](char c) { return c == '"' || c == '\'' || c == ' '; });
  return charset;
}

std::string DateOf(std::string_view last_modified) {
  const auto seconds = web::ParseHttpDate(last_modified);
  if (!seconds || *seconds <= 0) return "";
  const std::time_t time = *seconds;
  std::tm parts{};
  if (::gmtime_r(&time, &parts) == nullptr || parts.tm_year > 8099) return "";
  return fmt::format("{:%Y-%m-%d}", parts);
}

/// Whether a header `X-Robots-Tag` that is meant for everybody holds `word`.
bool RobotsTag(const web::HttpResponse& response, std::string_view word) {
  for (const auto& [name, value] : response.headers) {
    if (name != "x-robots-tag") continue;
    std::string lower(value);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    std::string_view rest = lower;
    while (!rest.empty()) {
      const std::size_t end = rest.find_first_of(", ");
      const std::string_view one = rest.substr(0, end);
      // "otherbot: noindex" is not for us.
      if (one.find(':') != std::string_view::npos) break;
      if (one == word || one == "none") return true;
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  return false;
}

/// The address of a header `Link: <…>; rel="canonical"`; other files than HTML have no other way to name one.
std::string_view CanonicalHeader(const web::HttpResponse& response) {
  const std::string_view link = response.Header("link");
  const std::size_t rel = link.find("rel=\"canonical\"");
  const std::size_t begin = link.substr(0, rel).rfind('<');
  if (rel == std::string_view::npos || begin == std::string_view::npos) return {};
  return link.substr(begin + 1, link.find('>', begin) - begin - 1);
}

}  // namespace

bool Page::IsDocument() const {
  if (kind == Kind::kSame) return before.IsDocument();
  return kind == Kind::kRead && (state == extract::State::kIndexed || state == extract::State::kTruncated);
}

bool PageReader::Wants(const Page& page) const {
  return parts_.scope.Judge(page.url) == UrlScope::Verdict::kDocument;
}

Page PageReader::Visit(const Wish& wish) const {
  Page page(wish.url);
  page.before = parts_.known.Find(wish.url.text());
  const bool known = page.before.entry != nullptr && !wish.reread && !parts_.scan.reread;
  if (known && !wish.listed.empty() && wish.listed == page.before.memo.listed) {
    page.kind = Kind::kSame;
    page.memo = page.before.memo;
    page.stamp = page.before.entry->stamp;
  } else {
    web::Url url = wish.url;
    for (int hops = 0;; ++hops) {
      Understand(wish, parts_.client.Get(RequestFor(wish, page, url)), url, page);
      if (page.kind != Kind::kRedirect || !wish.through) break;
      url = *page.location;
      page.reason.clear();
      if (hops < kMaxRedirects && parts_.scope.AllowsHost(url)) continue;
      page.kind = hops < kMaxRedirects ? Kind::kSkipped : Kind::kFailed;
      page.reason = hops < kMaxRedirects ? fmt::format("redirects to {}, another host", url.text())
                                         : fmt::format("redirects more than {} times", kMaxRedirects);
      break;
    }
  }
  // Where the page cannot be had, what it led to is still there.
  if (page.kind == Kind::kFailed) page.memo = page.before.memo;
  if (page.alive()) page.memo.listed = wish.listed;
  if (parts_.scan.progress)
    parts_.scan.progress(wish.url.text(), page.stamp.size, page.kind == Kind::kFailed);
  return page;
}

web::HttpRequest PageReader::RequestFor(const Wish& wish, const Page& page, const web::Url& url) const {
  web::HttpRequest request{
      .url = url, .max_bytes = parts_.settings.max_file_bytes, .no_media = true, .accept = kAccept};
  const KnownPages::Page& before = page.before;
  if (before.entry == nullptr || wish.reread || parts_.scan.reread) return request;
  // Links that were chosen by other rules are of no use, and neither is a page that is wanted for something
  // else.
  if (parts_.follow && before.memo.scope != parts_.scope.fingerprint()) return request;
  if (before.memo.links_only == Wants(page)) return request;
  // "Not modified" of another address says nothing about this one.
  if (url.text() != wish.url.text() && url.text() != before.memo.canonical) return request;
  request.etag = before.memo.etag;
  request.last_modified = before.memo.last_modified;
  return request;
}

void PageReader::Understand(const Wish& wish, web::Fetched fetched, const web::Url& url, Page& page) const {
  using From = web::Fetched::Kind;
  page.reason = std::move(fetched.reason);
  switch (fetched.kind) {
    case From::kPage:
      if (url.text() != wish.url.text()) page.memo.canonical = url.text();
      return Take(std::move(fetched.response), url, page);
    case From::kNotRead: return Refuse(std::move(page.reason), fetched.response, page);
    case From::kNotModified:
      page.kind = page.before.entry != nullptr ? Kind::kSame : Kind::kFailed;
      page.memo = page.before.memo;
      if (page.before.entry != nullptr) {
        page.stamp = page.before.entry->stamp;
      } else {
        page.reason = "the server says \"not modified\" of a page that it was not asked about";
      }
      return;
    case From::kGone: page.kind = Kind::kGone; return;
    case From::kDisallowed: page.kind = Kind::kSkipped; return;
    case From::kRedirect:
      page.kind = Kind::kRedirect;
      page.location = parts_.scope.Tidy(*fetched.location);
      return;
    case From::kRefused:
    case From::kUnreachable:
    case From::kInterrupted: page.kind = Kind::kFailed; return;
  }
}

void PageReader::Take(web::HttpResponse response, const web::Url& url, Page& page) const {
  extract::FileTask task;
  task.fd = response.body.Release();
  task.name = NameOf(url, response.Header("content-type"));
  task.language = parts_.settings.language;
  task.charset = CharsetOf(response.Header("content-type"));
  task.max_bytes = parts_.settings.max_file_bytes;
  task.wanted = parts_.follow ? extract::Wanted::kPage : extract::Wanted::kDocument;
  extract::Extracted extracted = parts_.scan.extract(task);
  page.kind = Kind::kRead;
  page.elapsed = extracted.elapsed;
  TakeLinks(extracted.links, response, url, page);
  extracted.links = {};
  const auto skip = [&extracted](std::string reason) {
    extracted.document = {};
    extracted.state = extract::State::kSkipped;
    extracted.reason = std::move(reason);
  };
  if (RobotsTag(response, "noindex")) skip("the page asks not to be indexed (X-Robots-Tag: noindex)");
  if (!Wants(page)) {
    page.memo.links_only = true;
    skip("`include` does not match it; it was read for its links");
  }
  page.stamp.size = response.bytes;
  extracted.elapsed = {};  // the same text must have the same hash, however long it took
  page.stamp.hash = HashOf(extract::EncodeAnswer({.extracted = extracted}));
  // Not part of the hash: many servers send the time of the answer.
  if (extracted.document.date.empty()) extracted.document.date = DateOf(response.Header("last-modified"));
  Store(extracted, page);
}

/// A page that is not read, and yet is there.
void PageReader::Refuse(std::string reason, const web::HttpResponse& response, Page& page) const {
  extract::Extracted extracted;
  extracted.state = extract::State::kSkipped;
  extracted.reason = std::move(reason);
  page.kind = Kind::kRead;
  page.reason.clear();
  TakeLinks({}, response, page.url, page);
  page.stamp.hash = HashOf(extract::EncodeAnswer({.extracted = extracted}));
  Store(extracted, page);
}

void PageReader::Store(const extract::Extracted& extracted, Page& page) const {
  const auto place = parts_.spool.Put(extract::EncodeAnswer({.extracted = extracted}));
  if (!place) {
    page.kind = Kind::kFailed;
    page.reason = "the pages of this run fill 16 GiB; a smaller `max_pages` makes several sources of one";
    return;
  }
  page.state = extracted.state;
  page.place = *place;
}

void PageReader::TakeLinks(const extract::PageLinks& links, const web::HttpResponse& response,
                           const web::Url& url, Page& page) const {
  const auto keep = [](std::string_view header) {
    return std::string(header.size() <= kMaxValidatorBytes ? header : std::string_view());
  };
  page.memo.etag = keep(response.Header("etag"));
  page.memo.last_modified = keep(response.Header("last-modified"));
  page.memo.scope = parts_.follow ? parts_.scope.fingerprint() : "";
  const web::Url base = url.Resolve(links.base).value_or(url);
  const std::string_view header = CanonicalHeader(response);
  const std::string_view named = links.canonical.empty() ? header : std::string_view(links.canonical);
  if (const auto canonical = named.empty() ? std::nullopt : base.Resolve(named)) {
    const web::Url tidy = parts_.scope.Tidy(*canonical);
    // Another host's address for it would make the document somebody else's.
    if (parts_.scope.Judge(tidy) == UrlScope::Verdict::kDocument)
      page.memo.canonical = tidy == page.url ? "" : tidy.text();
  }
  if (!parts_.follow || links.nofollow || RobotsTag(response, "nofollow")) return;
  std::unordered_set<std::string> seen;
  for (const extract::Link& link : links.links) {
    if (page.memo.links.size() >= web::PageMemo::kMaxLinks) break;
    const auto target = base.Resolve(link.url);
    if (!target) continue;
    const web::Url tidy = parts_.scope.Tidy(*target);
    const auto verdict = parts_.scope.Judge(tidy);
    if (verdict != UrlScope::Verdict::kDocument && verdict != UrlScope::Verdict::kLinksOnly) continue;
    if (seen.insert(tidy.text()).second) page.memo.links.push_back(tidy.text());
  }
}

}  // namespace quipu::source
