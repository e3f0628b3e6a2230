// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// The character that parts the fields of a CSV text: of comma, semicolon, tab and bar the one that cuts its
/// first lines most evenly; comma if none does.
char FindCsvSeparator(std::string_view utf8);

/// Takes a record's fields off the front of a CSV text (RFC 4180): fields in quotes may hold separators, line
/// ends and doubled quotes. A quote that is never closed ends with its line.
class CsvRecords {
 public:
  static constexpr std::size_t kMaxFields = 20000;

  CsvRecords(std::string_view utf8, char separator) : rest_(utf8), separator_(separator) {}

  /// False at the end. Fields over kMaxFields are left out.
  bool Next(std::vector<std::string>& fields);

 private:
  std::string Field();
  std::string Quoted();

  std::string_view rest_;
  char separator_;
};

}  // namespace quipu::extract
