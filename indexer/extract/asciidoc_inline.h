// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace quipu::extract {

/// The attributes that a document has set (":version: 2").
using AsciidocAttributes = std::map<std::string, std::string, std::less<>>;

/// Running text of AsciiDoc without its inline markup; links become their text, attributes their values.
std::string AsciidocInline(std::string_view text, const AsciidocAttributes& attributes);

}  // namespace quipu::extract
