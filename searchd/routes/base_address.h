// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "searchd/http/message.h"

namespace quipu::searchd {

/// "https://example.org" as the client sees this server, or "" if its Host header is no plain host and port.
std::string BaseAddress(const http::Request& request);

}  // namespace quipu::searchd
