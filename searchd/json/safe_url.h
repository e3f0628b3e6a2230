// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::searchd {

/// `url` if a person may be sent there by a click: http, https, or relative. Else "": `javascript:`,
/// `data:` and any other scheme, and what holds spaces at its ends or control characters, by which
/// browsers can be led to see another scheme than we do.
std::string SafeUrl(std::string_view url);

}  // namespace quipu::searchd
