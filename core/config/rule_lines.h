// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"

namespace quipu::config {

inline constexpr std::size_t kMaxFaults = 20;

/// Adds a fault while there are not too many.
void AddFault(std::vector<Fault>& faults, int line, int column, std::string_view message);

/// "a file has at most 20 rules": `before`, the limit, `behind`.
std::string AtMost(std::string_view before, std::size_t limit, std::string_view behind);

/// Without white space at both ends.
std::string_view Trimmed(std::string_view text);

/// Calls `take` with each line that is not empty, trimmed and without its comment: `#` at its beginning or
/// behind white space ("C# and F#" has none). Lines count from 1. A byte order mark is passed over.
void ForEachLine(std::string_view text, const std::function<void(std::string_view line, int number)>& take);

/// Whether a text may be a rule: valid UTF-8 without control characters, not empty, not too long. Adds the
/// fault.
bool CheckRuleText(std::string_view text, int line, std::vector<Fault>& faults);

}  // namespace quipu::config
