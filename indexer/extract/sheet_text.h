// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/reading.h"

namespace quipu::extract {

/// Builds a body from the sheets of a spreadsheet: a sheet is a segment under its name, a row a line.
class SheetText {
 public:
  explicit SheetText(BodyWriter& writer) : writer_(writer) {}

  /// A name that a program gave ("Sheet1", "Hoja1") is no heading.
  void BeginSheet(std::string_view name);

  /// A cell's text as it is shown. Cells come row by row.
  void Cell(std::uint32_t row, std::string_view text);

  /// Text that stands in no cell: boxes and notes.
  void Aside(std::string_view text);

  /// Moves the body into the reading, with its state if not all was `whole`. A spreadsheet without a title is
  /// called what stands alone in its first line, else what the file is called: sheets' names say little.
  void Finish(const FileContent& file, bool whole, Reading& reading);

 private:
  static constexpr std::uint32_t kNoRow = 0xFFFFFFFF;

  BodyWriter& writer_;
  std::uint32_t row_ = kNoRow;
  std::string first_cell_;
  std::uint32_t first_row_ = kNoRow;
  bool first_row_alone_ = true;
};

}  // namespace quipu::extract
