// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace quipu::schema {

/// Seconds since 1970 of an ISO 8601 date or time: "2023", "2023-01", "2023-01-17",
/// "2023-01-17T10:20[:30[.5]][Z|+02:00|+0200]" (a space does for the T; no zone means UTC). What is left
/// out is the earliest it can be. Years 0 to 9999. Nothing if it is no such date.
std::optional<double> ParseDate(std::string_view iso8601);

/// "2023-01-17T10:20:30Z" of seconds since 1970, rounded down.
std::string FormatTime(double seconds);

}  // namespace quipu::schema
