// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/config/config.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// Lets pages of the origins in `searchd.allow_origins` read `response`, an error as well. Without any
/// nothing is added, and browsers keep answers from other sites' pages.
void AddCrossOriginHeaders(http::Response& response, const http::Request& request,
                           const config::Searchd& searchd);

/// What a browser wants to know before it sends a key or JSON; `methods` are those of the path.
void AddPreflightHeaders(http::Response& response, const std::string& methods);

}  // namespace quipu::searchd
