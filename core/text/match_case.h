// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::text {

/// `word`, which is in lower case, in the case of `pattern`: "word" for "Pattern" is "Word", for "PATTERN"
/// "WORD", else as it is.
std::string MatchCase(std::string_view word, std::string_view pattern);

}  // namespace quipu::text
