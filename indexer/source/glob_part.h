// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::source {

/// Whether one part of a pattern (no '/', no braces) matches one name. With `dot_is_special` a wildcard
/// at the beginning does not match a leading '.'.
bool MatchPart(std::string_view pattern, std::string_view name, bool dot_is_special);

/// Whether `part` holds `*`, `?` or `[` that is not escaped.
bool HasWildcard(std::string_view part);

/// Whether every `[` of `part` is closed.
bool BracketsClose(std::string_view part);

}  // namespace quipu::source
