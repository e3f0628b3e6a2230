// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/routes/entity_tag.h"

#include <fmt/format.h>
#include <xxhash.h>

#include <algorithm>
#include <ctime>

#include "quipu/version.h"
#include "searchd/http/request_head.h"
#include "searchd/keys/grant.h"

namespace quipu::searchd {
namespace {

std::string_view Opaque(std::string_view tag) {
  tag = http::TrimBlanks(tag);
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  return tag;
}

}  // namespace

std::string EntityTag(const index::IndexFacts& facts, const http::Request& request, std::string_view aids) {
  // Lengths before texts: no two requests may run together into the same bytes.
  std::string named = fmt::format("{}\n{}\n{}\n{}\n{}\n{}:{}", kVersion, kCommitSha, facts.created_at,
                                  facts.updated_at, aids, request.path.size(), request.path);
  // Keys with another filter see another answer; where a filter has a date such as `now-1y`, each minute's is
  // another.
  const Grant& grant = GrantOf(request);
  named += fmt::format("\n{}:{}:{}", grant.filter_text.size(), grant.filter_text,
                       query::UsesClock(grant.filter) ? std::time(nullptr) / 60 : 0);
  for (const auto& [name, value] : request.query) {
    named += fmt::format("\n{}:{}{}:{}", name.size(), name, value.size(), value);
  }
  return fmt::format("W/\"{}-{}-{:016x}\"", facts.generation, facts.revision,
                     XXH3_64bits(named.data(), named.size()));
}

bool NamesTag(std::string_view if_none_match, std::string_view tag) {
  if (Opaque(if_none_match) == "*") return true;
  // Our tags hold no commas, so a list may be cut at every one.
  while (!if_none_match.empty()) {
    const std::size_t comma = std::min(if_none_match.find(','), if_none_match.size());
    if (Opaque(if_none_match.substr(0, comma)) == Opaque(tag)) return true;
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
  }
  return false;
}

void AddCacheHeaders(http::Response& response, const std::string& tag) {
  response.headers.emplace_back("ETag", tag);
  // Browsers ask each time and get a 304; a shared cache may answer a crowd for a few seconds by itself.
  response.headers.emplace_back("Cache-Control", "public, max-age=0, s-maxage=5, must-revalidate");
  response.headers.emplace_back("Vary", "Accept-Encoding");
}

http::Response NotModified(const std::string& tag) {
  http::Response response{.status = 304, .content_type = "", .body = "", .headers = {}};
  AddCacheHeaders(response, tag);
  return response;
}

}  // namespace quipu::searchd
