// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::config {

/// Whether `text` is what browsers send as Origin: "https://example.org", "http://127.0.0.1:8080".
bool IsOrigin(std::string_view text);

}  // namespace quipu::config
