// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::extract {

/// What a file is: the short name of a format ("pdf", "html", "docx") or, where there is no reader, its
/// media type ("image/png"). The content decides: first bytes, the members of a zip, whether it is text;
/// the name's ending only chooses among kinds of text.
std::string SniffType(std::string_view bytes, std::string_view name);

/// The name's ending in lower case without the dot; "" if it has none.
std::string NameEnding(std::string_view name);

}  // namespace quipu::extract
