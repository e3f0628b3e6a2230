// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "searchd/pages/page_frame.h"

namespace quipu::searchd {

/// The OpenSearch description of one index; `base` is this server's address, "https://example.org".
std::string RenderOpenSearch(const OfferedIndex& index, std::string_view base);

}  // namespace quipu::searchd
