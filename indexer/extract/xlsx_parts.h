// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/number_format.h"

namespace quipu::extract {

/// xl/sharedStrings.xml: the texts that cells refer to by number, without the readings of ideographs.
class XlsxStrings {
 public:
  static constexpr std::size_t kMaxBytes = 64ULL << 20;
  static constexpr std::size_t kMaxStrings = 5000000;

  explicit XlsxStrings(std::string_view xml);

  /// "" if there is no such text.
  std::string_view Get(std::size_t number) const;

 private:
  friend class XlsxStringsHandler;
  std::string bytes_;
  std::vector<std::uint32_t> ends_;
};

/// xl/styles.xml: the number format of each cell style.
class XlsxStyles {
 public:
  static constexpr std::size_t kMaxStyles = 65536;

  explicit XlsxStyles(std::string_view xml);

  NumberFormat Get(std::size_t style) const;

 private:
  friend class XlsxStylesHandler;
  std::map<std::uint32_t, NumberFormat> formats_;
  std::vector<std::uint32_t> styles_;
};

/// xl/workbook.xml: its sheets in order, and the epoch of its dates.
struct XlsxWorkbook {
  static constexpr std::size_t kMaxSheets = 4096;
  struct Sheet {
    std::string name;
    std::string relation;
  };
  std::vector<Sheet> sheets;
  bool from_1904 = false;

  explicit XlsxWorkbook(std::string_view xml);
};

/// The number that `digits` begin with; 0 if there is none, and at most 4,294,967,295.
std::uint32_t ToNumber(std::string_view digits);

}  // namespace quipu::extract
