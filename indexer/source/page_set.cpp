// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/source/page_set.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "indexer/extract/wire.h"
#include "indexer/source/content_hash.h"
#include "indexer/source/document_id.h"

namespace quipu::source {
namespace {

using Kind = Page::Kind;

/// For a document without a title: the last part of its address that says something.
std::string TitleOf(const web::Url& url) {
  std::string path = url.path();
  while (path.ends_with('/')) path.pop_back();
  const std::string title =
      TitleOfPath(path.substr(path.rfind('/') == std::string::npos ? 0 : path.rfind('/') + 1));
  return title.empty() ? url.host() : title;
}

}  // namespace

void PageSet::Add(Page page, std::string from) {
  if (page.alive()) ++alive_;
  by_url_.emplace(page.url.text(), entries_.size());
  entries_.push_back({std::move(page), std::move(from), "", ""});
  Pack(entries_.back());
}

void PageSet::Pack(Entry& entry) {
  web::PageMemo& memo = entry.page.memo;
  if (entry.page.alive()) entry.memo = web::EncodeMemo(memo);
  memo.links = {};
  entry.page.before.memo.links = {};
}

const Page* PageSet::Find(const std::string& url) const {
  const auto place = by_url_.find(url);
  return place == by_url_.end() ? nullptr : &entries_[place->second].page;
}

/// The address that `entry`'s document goes by. A canonical address counts unless nothing is there.
std::string PageSet::IdFor(const Entry& entry) const {
  const std::string& own = entry.page.url.text();
  const std::string& canonical = entry.page.memo.canonical;
  if (canonical.empty()) return own;
  const Page* named = Find(canonical);
  if (named == nullptr) return canonical;
  // Two pages that each name the other are two documents.
  if (named->alive()) return named->memo.canonical.empty() ? canonical : own;
  return named->kind == Kind::kFailed && named->before.IsDocument() ? canonical : own;
}

/// Makes of a page a mere other name for `into`.
void PageSet::Fold(Page& page, const std::string& into) const {
  extract::Extracted extracted;
  extracted.state = extract::State::kSkipped;
  extracted.reason = "the same page as " + into;
  const std::string answer = extract::EncodeAnswer({.extracted = extracted});
  page.memo.duplicate = true;
  page.stamp.hash = HashOf(answer);
  const auto place = spool_.Put(answer);
  if (!place) return;
  page.kind = Kind::kRead;
  page.state = extracted.state;
  page.place = *place;
}

/// Redirects that lead back to themselves are a fault of the site, and no reason to forget a page.
void PageSet::FindCircles() {
  for (Entry& entry : entries_) {
    std::unordered_set<std::string> passed{entry.page.url.text()};
    const Page* page = &entry.page;
    while (page != nullptr && page->kind == Kind::kRedirect) {
      const std::string& next = page->location->text();
      if (!passed.insert(next).second) {
        entry.page.reason = "redirects in a circle";
        break;
      }
      page = Find(next);
    }
  }
  for (Entry& entry : entries_) {
    if (entry.page.kind == Kind::kRedirect && entry.page.reason == "redirects in a circle")
      entry.page.kind = Kind::kFailed;
  }
}

Listing PageSet::MakeListing(const Reread& reread) {
  Listing listing;
  FindCircles();
  for (Entry& entry : entries_) {
    if (entry.page.alive()) entry.id = IdFor(entry);
  }
  // A page at its own address gives the document that others name.
  for (const bool own : {true, false}) {
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].id.empty() || (entries_[i].id == entries_[i].page.url.text()) != own) continue;
      List(i, reread, listing);
    }
  }
  for (const Entry& entry : entries_) Tell(entry, listing);
  const auto by_id = [](const Found& a, const Found& b) { return a.id < b.id; };
  std::sort(listing.found.begin(), listing.found.end(), by_id);
  return listing;
}

void PageSet::List(std::size_t at, const Reread& reread, Listing& listing) {
  Entry& entry = entries_[at];
  Page& page = entry.page;
  std::string url = entry.id;
  const Page* named = url == page.url.text() ? nullptr : Find(url);
  // A canonical page that cannot be had today has its document still.
  const bool kept_by_other = named != nullptr && named->kind == Kind::kFailed;
  if (kept_by_other || by_id_.contains(IdOfPath(url))) {
    Fold(page, url);
    url = page.url.text();
    if (by_id_.contains(IdOfPath(url))) return;
  } else if (page.kind == Kind::kSame &&
             (page.before.memo.duplicate || page.before.entry->id != IdOfPath(url))) {
    // It gave its document under another name, or none; now its content is needed.
    page = reread(page.url);
    Pack(entry);
    if (!page.alive()) return;
  }
  std::string id = IdOfPath(url);
  by_id_.emplace(id, at);
  Found found;
  web::PageMemo memo = web::DecodeMemo(std::exchange(entry.memo, {}));
  memo.url = id == page.url.text() ? "" : page.url.text();
  memo.duplicate = page.memo.duplicate;
  found.id = std::move(id);
  found.name = std::move(url);
  found.stamp = page.stamp;
  found.memo = web::EncodeMemo(memo);
  listing.found.push_back(std::move(found));
}

/// The line of the report for a page that gives nothing.
void PageSet::Tell(const Entry& entry, Listing& listing) const {
  const Page& page = entry.page;
  if (page.alive() || page.kind == Kind::kRedirect) return;
  const bool known = page.before.entry != nullptr;
  Problem problem;
  problem.id = known ? page.before.entry->id : IdOfPath(page.url.text());
  if (by_id_.contains(problem.id)) return;
  problem.reason = page.reason;
  if (page.kind == Kind::kFailed) {
    problem.state = extract::State::kFailed;
    if (page.before.IsDocument()) problem.reason += "; the document as indexed before is kept";
  } else if (page.before.IsDocument()) {
    return;  // the report says that it is deleted
  }
  if (!known && !entry.from.empty()) problem.reason += fmt::format(" (linked from {})", entry.from);
  listing.problems.push_back(std::move(problem));
}

Reading PageSet::Read(const Found& found) const {
  Reading reading;
  reading.stamp = found.stamp;
  const auto place = by_id_.find(found.id);
  const Page* page = place == by_id_.end() ? nullptr : &entries_[place->second].page;
  if (page == nullptr || page->kind != Kind::kRead) {
    reading.extracted.reason = "the page was not fetched in this run";
    return reading;
  }
  auto answer = extract::DecodeAnswer(spool_.Get(page->place));
  if (!answer) {
    reading.extracted.reason = answer.error().message;
    return reading;
  }
  reading.extracted = std::move(answer).value().extracted;
  reading.extracted.elapsed = page->elapsed;
  reading.bytes = page->stamp.size;
  reading.kind = page->IsDocument() ? Reading::Kind::kDocument : Reading::Kind::kNothing;
  if (reading.kind == Reading::Kind::kDocument) {
    schema::Document& document = reading.extracted.document;
    document.id = found.id;
    document.url = found.name;
    if (document.title.empty()) document.title = TitleOf(page->url);
  }
  return reading;
}

}  // namespace quipu::source
