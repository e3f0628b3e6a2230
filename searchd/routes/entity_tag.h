// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/index/index_reader.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// The weak tag of what `request` is answered while the index is in the state of `facts`: the state's names
/// and a hash of the request and of this program's version. Weak, because times in answers differ.
/// `aids` names what else the answer depends on (SearchIndex::AidsTag, SuggestionsTag).
std::string EntityTag(const index::IndexFacts& facts, const http::Request& request,
                      std::string_view aids = "");

/// Whether an If-None-Match header names `tag` (RFC 9110, 13.1.2: `*`, or a list compared weakly).
bool NamesTag(std::string_view if_none_match, std::string_view tag);

/// The headers with which caches may keep an answer until the index changes.
void AddCacheHeaders(http::Response& response, const std::string& tag);

/// The 304 for a client that has the state `tag` already.
http::Response NotModified(const std::string& tag);

}  // namespace quipu::searchd
