// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string_view>

namespace quipu::query {

/// The stretch of time that a date names, in seconds since 1970: from `begin` to before `end`.
struct DatePeriod {
  double begin = 0;
  double end = 0;
};

/// Reads a date of a filter. An ISO 8601 date or time is the whole period that it names: "2023" the year,
/// "2023-01" the month, "2023-01-17" the day, "2023-01-17T10:20" the minute, with seconds the second.
/// Numbers of more than four digits are seconds since 1970, "-5" as well. `now` is the moment `now`;
/// "now-1y", "now+2w", "now-1y-6M" move it by y, M or mo, w, d, h, m or min, s; a "/d" behind rounds down to
/// the beginning of the unit (weeks begin on Monday) and names that whole unit. All in UTC. Nothing if it is
/// no date or lies outside the years 0 to 9999.
std::optional<DatePeriod> ReadDatePeriod(std::string_view text, double now);

/// Whether the text begins as a date that depends on the clock: `now`, `now-…`, `now+…`, `now/…`.
bool IsRelativeDate(std::string_view text);

}  // namespace quipu::query
