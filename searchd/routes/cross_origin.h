// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "searchd/catalog.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// Lets pages of `origin`, the request's header, read `response`, an error as well, if
/// `searchd.allow_origins` or a key lists it. Where none is listed nothing is added, and browsers keep
/// answers from other sites' pages.
void AddCrossOriginHeaders(http::Response& response, std::string_view origin, const Holdings& holdings);

/// What a browser wants to know before it sends a key or JSON; `methods` are those of the path.
void AddPreflightHeaders(http::Response& response, const std::string& methods);

}  // namespace quipu::searchd
