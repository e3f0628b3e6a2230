// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/query/date_period.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <system_error>

#include "core/schema/date.h"

namespace quipu::query {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr double kDaySeconds = 86400;
constexpr std::int64_t kMaxSteps = 1'000'000;
constexpr std::size_t kYearChars = 4;
constexpr std::size_t kMonthChars = 7;
constexpr std::size_t kDayChars = 10;

enum class Unit { kYear, kMonth, kWeek, kDay, kHour, kMinute, kSecond };

double Seconds(sys_days day) { return static_cast<double>(day.time_since_epoch().count()) * kDaySeconds; }

sys_days DayOf(double seconds) {
  return sys_days(days(static_cast<std::int64_t>(std::floor(seconds / kDaySeconds))));
}

/// The same day of the month, or the last there is.
sys_days MoveMonths(sys_days from, std::int64_t count) {
  const year_month_day date(from);
  const auto month = std::chrono::year_month(date.year(), date.month()) + months(static_cast<int>(count));
  const auto last = (month / std::chrono::last).day();
  return sys_days(month / std::min(date.day(), last));
}

bool InRange(double seconds) {
  // 0000-01-01 and 9999-12-31: beyond, calendars of the standard library are undefined.
  return seconds >= -62167219200.0 && seconds < 253402300800.0;
}

double UnitSeconds(Unit unit) {
  switch (unit) {
    case Unit::kWeek: return 7 * kDaySeconds;
    case Unit::kDay: return kDaySeconds;
    case Unit::kHour: return 3600;
    case Unit::kMinute: return 60;
    default: return 1;
  }
}

double Move(double seconds, std::int64_t count, Unit unit) {
  if (unit != Unit::kYear && unit != Unit::kMonth)
    return seconds + static_cast<double>(count) * UnitSeconds(unit);
  const sys_days day = DayOf(seconds);
  const std::int64_t steps = unit == Unit::kYear ? count * 12 : count;
  // Years of std::chrono end at 32767; what goes farther is out of range anyway.
  if (std::abs(steps) > 120'000) return std::numeric_limits<double>::infinity();
  return Seconds(MoveMonths(day, steps)) + (seconds - Seconds(day));
}

double RoundDown(double seconds, Unit unit) {
  const sys_days day = DayOf(seconds);
  const year_month_day date(day);
  switch (unit) {
    case Unit::kYear: return Seconds(sys_days(date.year() / std::chrono::January / 1));
    case Unit::kMonth: return Seconds(sys_days(date.year() / date.month() / 1));
    case Unit::kWeek: return Seconds(day - (std::chrono::weekday(day) - std::chrono::Monday));
    default: return std::floor(seconds / UnitSeconds(unit)) * UnitSeconds(unit);
  }
}

bool ReadUnit(std::string_view& text, Unit& unit) {
  struct Name {
    std::string_view text;
    Unit unit;
  };
  // Longer names first: "mo" and "min" begin as "m".
  constexpr Name kNames[] = {{"min", Unit::kMinute}, {"mo", Unit::kMonth}, {"M", Unit::kMonth},
                             {"m", Unit::kMinute},   {"y", Unit::kYear},   {"Y", Unit::kYear},
                             {"w", Unit::kWeek},     {"W", Unit::kWeek},   {"d", Unit::kDay},
                             {"D", Unit::kDay},      {"h", Unit::kHour},   {"H", Unit::kHour},
                             {"s", Unit::kSecond},   {"S", Unit::kSecond}};
  for (const Name& name : kNames) {
    if (!text.starts_with(name.text)) continue;
    text.remove_prefix(name.text.size());
    unit = name.unit;
    return true;
  }
  return false;
}

std::optional<DatePeriod> Moment(double seconds) {
  if (!InRange(seconds)) return std::nullopt;
  return DatePeriod{seconds, std::nextafter(seconds, std::numeric_limits<double>::infinity())};
}

std::optional<DatePeriod> ReadRelative(std::string_view text, double now) {
  text.remove_prefix(3);
  double at = now;
  while (!text.empty()) {
    const char sign = text.front();
    text.remove_prefix(1);
    Unit unit = Unit::kDay;
    if (sign == '/') {
      if (!ReadUnit(text, unit) || !text.empty()) return std::nullopt;
      const double begin = RoundDown(at, unit);
      return DatePeriod{begin, Move(begin, 1, unit)};
    }
    if (sign != '+' && sign != '-') return std::nullopt;
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || count < 0 || count > kMaxSteps) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!ReadUnit(text, unit)) return std::nullopt;
    at = Move(at, sign == '-' ? -count : count, unit);
    if (!InRange(at)) return std::nullopt;
  }
  return Moment(at);
}

/// How long a moment that is written so exactly lasts: a minute, a second, or no time.
std::optional<DatePeriod> ReadMoment(std::string_view text, double begin) {
  const std::string_view clock = text.substr(kDayChars + 1);
  const std::string_view digits = clock.substr(0, clock.find_first_of("Zz+-"));
  if (digits.find_first_of(".,") != std::string_view::npos) return Moment(begin);
  const bool has_seconds = std::count(digits.begin(), digits.end(), ':') > 1;
  return DatePeriod{begin, begin + (has_seconds ? 1 : 60)};
}

}  // namespace

bool IsRelativeDate(std::string_view text) {
  if (text.size() < 3 || (text[0] != 'n' && text[0] != 'N') || (text[1] != 'o' && text[1] != 'O') ||
      (text[2] != 'w' && text[2] != 'W')) {
    return false;
  }
  return text.size() == 3 || text[3] == '-' || text[3] == '+' || text[3] == '/';
}

std::optional<DatePeriod> ReadDatePeriod(std::string_view text, double now) {
  if (IsRelativeDate(text)) return InRange(now) ? ReadRelative(text, now) : std::nullopt;
  if (const auto begin = schema::ParseDate(text)) {
    if (text.size() > kDayChars) return ReadMoment(text, *begin);
    if (text.size() == kDayChars) return DatePeriod{*begin, *begin + kDaySeconds};
    return DatePeriod{*begin, Seconds(MoveMonths(DayOf(*begin), text.size() == kMonthChars ? 1 : 12))};
  }
  double seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  if (!whole || (text.front() != '-' && text.size() <= kYearChars)) return std::nullopt;
  return Moment(seconds);
}

}  // namespace quipu::query
