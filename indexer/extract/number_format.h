// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace quipu::extract {

/// What a spreadsheet's number format makes of a number.
struct NumberFormat {
  enum class Kind : std::uint8_t { kGeneral, kFixed, kPercent, kDate, kTime, kDateTime };
  Kind kind = Kind::kGeneral;
  std::uint8_t decimals = 0;  // of kFixed and kPercent
};

/// Reads a format code: "0.00%", "dd/mm/yyyy hh:mm", "[Red]#,##0.00 \"€\"".
NumberFormat ParseNumberFormat(std::string_view code);

/// The format that Excel has built in under this number.
NumberFormat BuiltInFormat(std::uint32_t number);

/// The number as it is shown, without thousands separators: "1234.5", "12.50", "8%". Dates are ISO 8601,
/// which reads the same everywhere; `from_1904` is the workbook's epoch.
std::string FormatNumber(double value, NumberFormat format, bool from_1904);

}  // namespace quipu::extract
