// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quipu::text {

/// The form of a host's name that is looked up in the DNS: "bücher.example" becomes "xn--bcher-kva.example"
/// (UTS #46, as browsers do). Nothing for a name that cannot be one. ASCII is given in lower case.
std::optional<std::string> AsciiHost(std::string_view utf8);

}  // namespace quipu::text
