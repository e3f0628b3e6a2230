// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

#include "searchd/http/message.h"

namespace quipu::http {

/// Tells caches that the answer depends on a header of the request; there is one `Vary`, whoever adds to it.
void AddVary(Response& response, std::string_view header);

/// Packs the body with gzip, fast rather than small, if the client takes it and it pays: text of a kilobyte
/// to four megabytes. `Vary` says that it depends on the client. What has a coding already stays as it is.
void Compress(const Request& request, Response& response);

}  // namespace quipu::http
