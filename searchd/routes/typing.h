// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>

#include "searchd/catalog.h"
#include "searchd/http/message.h"

namespace quipu::searchd {

/// The text that is typed in a search (`q`, of a multi-search that of all its queries) and who types it: the
/// client's address, program and key, and all else that the request asks. Nothing if there is no one such
/// text, or if no page of a browser asks (`Origin`, `Sec-Fetch-Mode`).
std::optional<http::Typing> ReadTyping(const Holdings& holdings, const http::Request& request);

/// That as what a route has, of the holdings that `catalog` has at the time.
http::TypingReader TypingOf(const Catalog& catalog);

}  // namespace quipu::searchd
