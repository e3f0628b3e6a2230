// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/schema/date.h"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace quipu::schema {
namespace {

/// Reads a text from its beginning; every step says whether it was there.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : rest_(text) {}

  bool AtEnd() const { return rest_.empty(); }

  bool Skip(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool Digits(std::size_t count, int& value) {
    if (rest_.size() < count) return false;
    value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9') return false;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return true;
  }

  /// The digits after a decimal point, of which there is at least one.
  bool Fraction(double& value) {
    double scale = 0.1;
    int digit = 0;
    if (!Digits(1, digit)) return false;
    do {
      value += digit * scale;
      scale /= 10;
    } while (Digits(1, digit));
    return true;
  }

 private:
  std::string_view rest_;
};

/// "Z", "+02", "+02:00" or "+0200" to the end of the text, as seconds east of UTC.
bool ReadZone(Scanner& scanner, double& offset) {
  if (scanner.Skip('Z') || scanner.Skip('z')) return scanner.AtEnd();
  const bool east = scanner.Skip('+');
  if (!east && !scanner.Skip('-')) return scanner.AtEnd();
  int hours = 0;
  int minutes = 0;
  if (!scanner.Digits(2, hours)) return false;
  if (!scanner.AtEnd()) {
    scanner.Skip(':');
    if (!scanner.Digits(2, minutes)) return false;
  }
  if (hours > 23 || minutes > 59) return false;
  offset = (east ? 1 : -1) * (hours * 3600.0 + minutes * 60.0);
  return scanner.AtEnd();
}

bool ReadClock(Scanner& scanner, double& seconds) {
  int hour = 0;
  int minute = 0;
  int second = 0;
  double fraction = 0;
  if (!scanner.Digits(2, hour) || !scanner.Skip(':') || !scanner.Digits(2, minute)) return false;
  if (scanner.Skip(':')) {
    if (!scanner.Digits(2, second)) return false;
    if ((scanner.Skip('.') || scanner.Skip(',')) && !scanner.Fraction(fraction)) return false;
  }
  // 60 is a leap second, 24:00 the end of a day; both name a moment.
  if (hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute + second > 0)) return false;
  double offset = 0;
  if (!ReadZone(scanner, offset)) return false;
  seconds = hour * 3600.0 + minute * 60.0 + second + fraction - offset;
  return true;
}

}  // namespace

std::optional<double> ParseDate(std::string_view iso8601) {
  Scanner scanner(iso8601);
  int year = 0;
  int month = 1;
  int day = 1;
  double clock = 0;
  if (!scanner.Digits(4, year)) return std::nullopt;
  if (!scanner.AtEnd()) {
    if (!scanner.Skip('-') || !scanner.Digits(2, month)) return std::nullopt;
    if (!scanner.AtEnd()) {
      if (!scanner.Skip('-') || !scanner.Digits(2, day)) return std::nullopt;
      if (!scanner.AtEnd()) {
        if (!scanner.Skip('T') && !scanner.Skip('t') && !scanner.Skip(' ')) return std::nullopt;
        if (!ReadClock(scanner, clock)) return std::nullopt;
      }
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return static_cast<double>(std::chrono::sys_days(date).time_since_epoch().count()) * 86400.0 + clock;
}

std::string FormatTime(double seconds) {
  const auto whole = static_cast<long long>(std::floor(seconds));
  const long long days = whole >= 0 ? whole / 86400 : -((86399 - whole) / 86400);
  const auto rest = static_cast<int>(whole - days * 86400);
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(days))};
  std::array<char, 80> text{};
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02dZ",
                                 static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                 static_cast<unsigned>(date.day()), rest / 3600, rest / 60 % 60, rest % 60);
  return {text.data(), static_cast<std::size_t>(size)};
}

}  // namespace quipu::schema
