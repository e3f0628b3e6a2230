// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>
#include <xxhash.h>

#include <utility>

#include "core/query/filter_ast.h"
#include "core/schema/date.h"
#include "searchd/json/parse_filter.h"
#include "searchd/pages/atom.h"
#include "searchd/pages/html.h"
#include "searchd/pages/page_link.h"
#include "searchd/parameters/tables.h"
#include "searchd/routes/base_address.h"
#include "searchd/routes/endpoint.h"
#include "searchd/routes/entity_tag.h"

namespace quipu::searchd {
namespace {

/// The name of something that never changes, by what makes it what it is: a UUID of version 8 (RFC 9562).
/// Hosts and ports may change, so no address is in it.
std::string StableName(std::string_view kind, std::string_view index, std::string_view what) {
  const std::string named = fmt::format("quipu\n{}\n{}:{}\n{}", kind, index.size(), index, what);
  const XXH128_hash_t hash = XXH3_128bits(named.data(), named.size());
  return fmt::format("urn:uuid:{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}", hash.high64 >> 32U,
                     (hash.high64 >> 16U) & 0xFFFFU, hash.high64 & 0xFFFU,
                     0x8000U | ((hash.low64 >> 48U) & 0x3FFFU), hash.low64 & 0xFFFFFFFFFFFFULL);
}

/// Atom wants date, time and zone; a date alone is midnight in UTC. A document without one never changes as
/// far as we know, and was not there before the index was.
std::string Updated(const schema::Document& document, const index::IndexFacts& facts) {
  const auto seconds = schema::ParseDate(document.date);
  return seconds ? schema::FormatTime(*seconds) : facts.created_at;
}

std::string AbsoluteAddress(const schema::Document& document, const std::string& uid,
                            const std::string& base) {
  const std::string address = AddressOf(document, uid);
  if (address.find("://") != std::string::npos && !address.starts_with("view?")) return address;
  if (address.starts_with("//")) return base.substr(0, base.find("//")) + address;
  return base + (address.starts_with('/') ? "" : "/") + address;
}

std::string AuthorOf(const schema::Document& document) {
  const auto author = document.fields.find("author");
  if (author == document.fields.end()) return {};
  const auto* name = std::get_if<std::string>(&author->second);
  return name == nullptr ? std::string() : *name;
}

AtomEntry EntryOf(const search::Hit& hit, const std::string& uid, const index::IndexFacts& facts,
                  const std::string& base) {
  const schema::Document& document = hit.document;
  AtomEntry entry;
  entry.id = StableName("document", uid, document.id);
  entry.title = document.title.empty() ? document.id : document.title;
  entry.link = AbsoluteAddress(document, uid, base);
  entry.updated = Updated(document, facts);
  entry.author = AuthorOf(document);
  entry.language = document.language;
  if (!hit.passages.empty()) entry.summary_html = hit.passages.front().html;
  return entry;
}

AtomFeed FeedOf(const GrantedIndex& index, const http::Request& request, const std::string& q,
                const std::string& base) {
  const std::string& uid = index.settings().name;
  AtomFeed feed;
  feed.id = StableName("feed", uid, q);
  feed.author = TitleOf(index.settings());
  feed.title = q.empty() ? feed.author : fmt::format("{} – {}", q, feed.author);
  feed.self = base + "/indexes/" + PercentEncode(uid) + "/feed";
  char sign = '?';
  for (const auto& [name, value] : request.query) {
    feed.self += sign + PercentEncode(name) + "=" + PercentEncode(value);
    sign = '&';
  }
  feed.page = fmt::format("{}/search?q={}&index={}", base, PercentEncode(q), PercentEncode(uid));
  return feed;
}

Result<http::Response> ShowFeed(const Catalog& catalog, const http::Request& request,
                                const ParameterValues& values) {
  const auto holdings = catalog.Current();
  const auto index = holdings->Find(request.path_args.at(0), GrantOf(request));
  if (!index) return index.error();
  const std::string base = BaseAddress(request);
  if (base.empty()) return Error{Code::kBadRequest, "The Host header is not a host name."};
  Result<query::FilterNode> filter = ReadFilter(values.Get<std::string>("filter", ""));
  if (!filter) return filter.error();
  const bool changes_with_time = query::UsesClock(*filter);
  const auto facts = (*index)->State();
  if (!facts) return facts.error();
  http::Request named = request;
  // The feed holds the address that this client used.
  named.query.emplace_back("", base);
  const std::string tag = EntityTag(*facts, named, (*index)->AidsTag());
  if (!changes_with_time && NamesTag(request.Header("if-none-match"), tag)) return NotModified(tag);

  search::SearchRequest search;
  search.filter = std::move(filter).value();
  search.q = values.Get<std::string>("q", "");
  search.limit = values.Count("limit", 20);
  search.newest_first = true;
  // By date a hit with one word of three would stand before those with all of them.
  search.matching_strategy = search::MatchingStrategy::kAll;
  search.deadline_ms = holdings->config.searchd.query_deadline_ms;
  const auto result = (*index)->Search(search);
  if (!result) return result.error();
  AtomFeed feed = FeedOf(**index, request, search.q, base);
  feed.updated = facts->updated_at;
  for (const search::Hit& hit : result->hits)
    feed.entries.push_back(EntryOf(hit, (*index)->settings().name, *facts, base));
  http::Response response;
  response.content_type = "application/atom+xml; charset=utf-8";
  response.body = RenderAtom(feed);
  if (result->partial || changes_with_time) {
    response.headers.emplace_back("Cache-Control", "no-store");
  } else {
    AddCacheHeaders(response, tag);
  }
  return response;
}

}  // namespace

void AddFeedEndpoints(const Services& services, std::vector<Endpoint>& endpoints) {
  endpoints.push_back({{"GET", "/indexes/{uid}/feed", http::Cost::kSearch,
                        "The newest documents with all the query's words, as an Atom feed: a saved search.",
                        Checked(FeedParameters(),
                                [&catalog = services.catalog](const auto& request, const auto& values) {
                                  return ShowFeed(catalog, request, values);
                                })},
                       FeedParameters(),
                       Answer::kAtom,
                       Access::kPage});
}

}  // namespace quipu::searchd
