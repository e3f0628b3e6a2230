// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/number_format.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace quipu::extract {
namespace {

using Kind = NumberFormat::Kind;

constexpr std::size_t kMaxCode = 255;

/// What the letters of a format code ask for, once texts in quotes, colours and escapes are gone.
struct Traits {
  bool day = false;
  bool clock = false;
  bool month = false;  // or minutes
  bool percent = false;
  bool digits = false;
  std::uint8_t decimals = 0;
};

Traits ReadTraits(std::string_view code) {
  Traits traits;
  bool after_point = false;
  for (std::size_t at = 0; at < code.size() && code[at] != ';'; ++at) {
    const char c = code[at];
    const char lower = static_cast<char>(c | 0x20);
    if (c == '"') at = std::min(code.find('"', at + 1), code.size() - 1);
    if (c == '\\' || c == '_' || c == '*') ++at;
    if (c == '[') {
      const std::size_t end = std::min(code.find(']', at), code.size() - 1);
      const std::string_view inside = code.substr(at + 1, end - at - 1);
      // "[h]:mm" is an elapsed time; anything longer is a colour, a condition or a locale.
      if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos)
        traits.clock = true;
      at = end;
    }
    if (lower == 'y' || lower == 'd') traits.day = true;
    if (lower == 'h' || lower == 's') traits.clock = true;
    if (lower == 'm') traits.month = true;
    if (c == '%') traits.percent = true;
    if (c == '.') after_point = true;
    const bool digit = c == '0' || c == '#' || c == '?';
    traits.digits = traits.digits || digit;
    if (after_point && c == '0' && traits.decimals < 15) ++traits.decimals;
  }
  return traits;
}

std::string Fixed(double value, int decimals) {
  std::array<char, 512> text{};
  std::snprintf(text.data(), text.size(), "%.*f", decimals, value);
  return text.data();
}

std::string General(double value) {
  if (std::abs(value) < 1e15 && value == std::trunc(value)) return Fixed(value, 0);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.12g", value);
  return text.data();
}

std::string Clock(int seconds) {
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  std::string clock = text.data();
  if (seconds % 60 == 0) clock.resize(clock.size() - 3);
  return clock;
}

/// A day number of a workbook as a date; "" if it is none.
std::string Date(double days, bool from_1904) {
  using std::chrono::sys_days;
  // Excel believes that 1900 was a leap year, so that its day 1 is what 1899-12-31 should be.
  const sys_days epoch = from_1904 ? sys_days{std::chrono::year{1904} / 1 / 1}
                                   : sys_days{std::chrono::year{1899} / 12 / (days < 60 ? 31 : 30)};
  const std::chrono::year_month_day date{epoch + std::chrono::days(static_cast<int>(days))};
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string Moment(double value, Kind kind, bool from_1904) {
  constexpr double kDay10000 = 2958466;
  if (value < 0 || value >= kDay10000) return General(value);
  double days = std::floor(value);
  auto seconds = static_cast<int>(std::lround((value - days) * 86400));
  if (seconds == 86400) {
    seconds = 0;
    ++days;
  }
  if (kind == Kind::kTime && days < 1000) return Clock(seconds + static_cast<int>(days) * 86400);
  if (kind == Kind::kDate || seconds == 0) return Date(days, from_1904);
  return Date(days, from_1904) + " " + Clock(seconds);
}

}  // namespace

NumberFormat ParseNumberFormat(std::string_view code) {
  const Traits traits = ReadTraits(code.substr(0, kMaxCode));
  if (code == "General" || code == "@" || code.empty()) return {};
  if (traits.day || (traits.month && !traits.clock && !traits.digits))
    return {.kind = traits.clock ? Kind::kDateTime : Kind::kDate};
  if (traits.clock) return {.kind = Kind::kTime};
  if (traits.percent) return {.kind = Kind::kPercent, .decimals = traits.decimals};
  // "#" alone shows as many digits as there are.
  if (traits.digits && (traits.decimals > 0 || code.find('0') != std::string_view::npos))
    return {.kind = Kind::kFixed, .decimals = traits.decimals};
  return {};
}

NumberFormat BuiltInFormat(std::uint32_t number) {
  switch (number) {
    case 1:
    case 3: return {.kind = Kind::kFixed};
    case 2:
    case 4: return {.kind = Kind::kFixed, .decimals = 2};
    case 9: return {.kind = Kind::kPercent};
    case 10: return {.kind = Kind::kPercent, .decimals = 2};
    case 22: return {.kind = Kind::kDateTime};
    default: break;
  }
  if ((number >= 14 && number <= 17) || (number >= 27 && number <= 31) || (number >= 50 && number <= 58))
    return {.kind = Kind::kDate};
  if ((number >= 18 && number <= 21) || (number >= 32 && number <= 35) || (number >= 45 && number <= 47))
    return {.kind = Kind::kTime};
  return {};
}

std::string FormatNumber(double value, NumberFormat format, bool from_1904) {
  if (!std::isfinite(value)) return "";
  switch (format.kind) {
    case Kind::kGeneral: return General(value);
    case Kind::kFixed: return std::abs(value) < 1e18 ? Fixed(value, format.decimals) : General(value);
    case Kind::kPercent:
      return std::abs(value) < 1e15 ? Fixed(value * 100, format.decimals) + "%" : General(value);
    default: return Moment(value, format.kind, from_1904);
  }
}

}  // namespace quipu::extract
