// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/date.h"

#include <array>
#include <cstdio>
#include <optional>
#include <vector>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

struct Moment {
  int year = 0;
  int month = 1;
  int day = 1;
  bool has_time = false;
  int hour = 0;
  int minute = 0;
  int second = 0;
  std::string zone;  // "", "Z" or "+hh:mm"
};

int DaysIn(int year, int month) {
  constexpr std::array<int, 13> kDays = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month)];
}

std::string Print(const Moment& m) {
  if (m.year < 1000 || m.year > 2200 || m.month < 1 || m.month > 12) return "";
  if (m.day < 1 || m.day > DaysIn(m.year, m.month)) return "";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", m.year, m.month, m.day);
  std::string iso = text.data();
  if (!m.has_time || m.hour > 23 || m.minute > 59 || m.second > 60) return iso;
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", m.hour, m.minute, m.second);
  return iso + text.data() + m.zone;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Reads a date from the front of its text.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  bool done() const { return text_.empty(); }
  char peek() const { return done() ? '\0' : text_.front(); }
  bool Take(char c) {
    if (peek() != c) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// Exactly `digits` digits, or nothing.
  std::optional<int> Number(std::size_t digits) {
    if (text_.size() < digits) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (!IsDigit(text_[i])) return std::nullopt;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return value;
  }
  void SkipDigits() {
    while (IsDigit(peek())) text_.remove_prefix(1);
  }

  /// "Z", "+hh:mm", "+hhmm", "+hh'mm'", "+hh"; the caller's moment has its zone set.
  void Zone(Moment& m) {
    while (peek() == ' ') text_.remove_prefix(1);
    const char sign = peek();
    if (Take('Z') || Take('z')) m.zone = "Z";
    if (sign != '+' && sign != '-') return;
    text_.remove_prefix(1);
    const int hours = Number(2).value_or(99);
    if (!Take(':')) Take('\'');
    const int minutes = Number(2).value_or(0);
    if (hours > 14 || minutes > 59) return;
    if (hours == 0 && minutes == 0) {
      m.zone = "Z";
      return;
    }
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%c%02d:%02d", sign, hours, minutes);
    m.zone = text.data();
  }

 private:
  std::string_view text_;
};

std::string ReadPdf(std::string_view text) {
  Cursor at(text);
  Moment m;
  const auto year = at.Number(4);
  if (!year) return "";
  m.year = *year;
  m.month = at.Number(2).value_or(1);
  m.day = at.Number(2).value_or(1);
  if (const auto hour = at.Number(2)) {
    m.has_time = true;
    m.hour = *hour;
    m.minute = at.Number(2).value_or(0);
    m.second = at.Number(2).value_or(0);
    at.Zone(m);
  }
  return Print(m);
}

/// "2023", "2023-01", "2023-01-17", "2023/01/17", "20230117", each of the last with a time.
std::string ReadIso(std::string_view text) {
  Cursor at(text);
  Moment m;
  const auto year = at.Number(4);
  if (!year) return "";
  m.year = *year;
  if (at.done()) return Print(m);
  const char mark = at.peek();
  const bool marked = mark == '-' || mark == '/' || mark == '.' || mark == ':';
  if (marked) at.Take(mark);
  const auto month = at.Number(2);
  if (!month) return "";
  m.month = *month;
  if (at.done() && marked) return Print(m);
  if (marked && !at.Take(mark)) return "";
  const auto day = at.Number(2);
  if (!day || IsDigit(at.peek())) return "";
  m.day = *day;
  if (!at.Take('T') && !at.Take('t') && !at.Take(' ')) return at.done() ? Print(m) : "";
  const auto hour = at.Number(2);
  if (!hour) return Print(m);
  m.hour = *hour;
  at.Take(':');
  const auto minute = at.Number(2);
  if (!minute) return Print(m);
  m.minute = *minute;
  m.has_time = true;
  if (at.Take(':') || IsDigit(at.peek())) m.second = at.Number(2).value_or(0);
  if (at.Take('.') || at.Take(',')) at.SkipDigits();
  at.Zone(m);
  return Print(m);
}

struct Piece {
  std::string_view text;
  bool number = false;
};

std::vector<Piece> Pieces(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < text.size() && pieces.size() < 16;) {
    const bool number = IsDigit(text[at]);
    const auto same = [number](char c) { return number ? IsDigit(c) : IsLetter(c); };
    if (!same(text[at])) {
      ++at;
      continue;
    }
    const std::size_t begin = at;
    while (at < text.size() && same(text[at])) ++at;
    pieces.push_back({text.substr(begin, at - begin), number});
  }
  return pieces;
}

int ToNumber(std::string_view digits) {
  int value = 0;
  for (const char c : digits.substr(0, 6)) value = value * 10 + (c - '0');
  return value;
}

/// The time and zone of a mail date, "… 10:00:00 -0500".
void ReadClock(std::string_view text, Moment& m) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos || colon < 2) return;
  Cursor at(text.substr(colon - 2));
  const auto hour = at.Number(2);
  if (!hour || !at.Take(':')) return;
  const auto minute = at.Number(2);
  if (!minute) return;
  m.hour = *hour;
  m.minute = *minute;
  m.has_time = true;
  if (at.Take(':')) m.second = at.Number(2).value_or(0);
  at.Zone(m);
  if (text.find("GMT") != std::string_view::npos || text.find("UTC") != std::string_view::npos) m.zone = "Z";
}

/// "Tue, 17 Jan 2023 10:00:00 +0000", "January 17, 2023", "17 de enero de 2023", "enero de 2023".
std::string ReadWords(std::string_view text) {
  Moment m;
  m.month = 0;
  int day = 0;
  for (const Piece& piece : Pieces(text)) {
    if (!piece.number) {
      if (m.month == 0) m.month = MonthNumber(piece.text);
    } else if (piece.text.size() == 4 && m.year == 0) {
      m.year = ToNumber(piece.text);
    } else if (piece.text.size() <= 2 && day == 0 && m.year == 0) {
      day = ToNumber(piece.text);
    }
  }
  if (m.month == 0 || m.year == 0) return "";
  m.day = day == 0 ? 1 : day;
  ReadClock(text, m);
  return Print(m);
}

/// "17/01/2023", "17.1.2023", "01/17/2023": only where one reading alone is possible.
std::string ReadNumbers(std::string_view text) {
  const std::vector<Piece> pieces = Pieces(text);
  if (pieces.size() < 3 || !pieces[0].number || !pieces[1].number || !pieces[2].number) return "";
  if (pieces[0].text.size() > 2 || pieces[1].text.size() > 2 || pieces[2].text.size() != 4) return "";
  Moment m;
  const int first = ToNumber(pieces[0].text);
  const int second = ToNumber(pieces[1].text);
  const bool ambiguous =
      first <= 12 && second <= 12 && first != second && text.find('.') == std::string_view::npos;
  if (ambiguous) return "";
  m.year = ToNumber(pieces[2].text);
  m.day = second > 12 ? second : first;
  m.month = second > 12 ? first : second;
  return Print(m);
}

}  // namespace

int MonthNumber(std::string_view word) {
  constexpr std::array<std::string_view, 24> kMonths = {
      "january",   "february", "march",    "april",    "may",        "june",    "july",      "august",
      "september", "october",  "november", "december", "enero",      "febrero", "marzo",     "abril",
      "mayo",      "junio",    "julio",    "agosto",   "septiembre", "octubre", "noviembre", "diciembre"};
  std::string lower;
  for (const char c : word) lower += Lower(c);
  if (lower == "setiembre" || lower == "sept" || lower == "set") return 9;
  if (lower.size() < 3) return 0;
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    const bool abbreviated = lower.size() == 3 && kMonths[i].substr(0, 3) == lower;
    if (abbreviated || kMonths[i] == lower) return static_cast<int>(i % 12) + 1;
  }
  return 0;
}

std::string NormaliseDate(std::string_view text) {
  const std::string tidy = TidyLine(text, 100);
  std::string_view rest = tidy;
  if (rest.substr(0, 2) == "D:") return ReadPdf(rest.substr(2));
  if (rest.size() == 14 && rest.find_first_not_of("0123456789") == std::string_view::npos)
    return ReadPdf(rest);
  for (const auto read : {&ReadIso, &ReadWords, &ReadNumbers}) {
    if (std::string iso = read(rest); !iso.empty()) return iso;
  }
  return "";
}

}  // namespace quipu::extract
