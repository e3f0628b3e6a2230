// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "searchd/http/message.h"

namespace quipu::searchd {

/// Tells caches that another value of the request's header `name` may get another answer. All names stand in
/// one Vary: some caches look at no second.
void AddVary(http::Response& response, std::string_view name);

}  // namespace quipu::searchd
