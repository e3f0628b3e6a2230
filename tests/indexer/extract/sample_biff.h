// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "tests/indexer/extract/sample_ole.h"

namespace quipu::extract::testing {

/// A record of an Excel stream.
inline std::string Biff(std::uint16_t number, const std::string& bytes) {
  return Le16(number) + Le16(static_cast<std::uint16_t>(bytes.size())) + bytes;
}

/// The record that begins a part: version 0x600 (BIFF8) or 0x500 (BIFF5); kind 5: globals, 0x10: a sheet.
inline std::string BiffBegin(std::uint16_t version, std::uint16_t kind) {
  return Biff(0x809, Le16(version) + Le16(kind) + std::string(4, '\0'));
}

inline std::string BiffEnd() { return Biff(0x0A, ""); }

/// A sheet's name, BIFF8.
inline std::string BiffSheet(const std::string& name) {
  return Biff(0x85, std::string(6, '\0') + static_cast<char>(name.size()) + '\0' + name);
}

/// A cell's row, column and format.
inline std::string BiffCell(std::uint16_t row, std::uint16_t column, std::uint16_t format = 0) {
  return Le16(row) + Le16(column) + Le16(format);
}

/// A workbook of one sheet, BIFF8: `globals` and `cells` are records.
inline std::string MakeXls(const std::string& globals, const std::string& cells,
                           const std::string& sheet = "Cuentas") {
  return MakeOle({{"Workbook", BiffBegin(0x600, 5) + BiffSheet(sheet) + globals + BiffEnd() +
                                   BiffBegin(0x600, 0x10) + cells + BiffEnd()}});
}

}  // namespace quipu::extract::testing
