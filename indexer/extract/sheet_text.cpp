// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/sheet_text.h"

#include <algorithm>
#include <array>

#include "indexer/extract/title.h"
#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxNameBytes = 500;

/// "Sheet1", "Hoja 2": what programs call sheets, in the languages that most of them come in.
bool IsDefaultName(std::string_view name) {
  constexpr std::array<std::string_view, 16> kNames = {
      "Sheet", "Hoja", "Feuil",  "Feuille", "Tabelle",  "Foglio", "Planilha", "Plan",
      "Folha", "Blad", "Arkusz", "Лист",    "Munkalap", "Munka",  "Ark",      "Taul"};
  const std::size_t end = name.find_last_not_of("0123456789 ");
  const std::string_view stem = name.substr(0, end + 1);
  return std::find(kNames.begin(), kNames.end(), stem) != kNames.end();
}

}  // namespace

void SheetText::BeginSheet(std::string_view name) {
  std::string heading = TidyLine(name, kMaxNameBytes);
  if (IsDefaultName(heading)) heading.clear();
  writer_.Paragraph();
  writer_.BeginSegment({.heading = heading});
  row_ = kNoRow;
}

void SheetText::Cell(std::uint32_t row, std::string_view text) {
  if (text.empty() || writer_.full()) return;
  row == row_ ? writer_.Space() : writer_.LineBreak();
  row_ = row;
  const bool was_empty = writer_.empty();
  writer_.Text(text);
  if (was_empty && !writer_.empty()) {
    first_row_ = row;
    first_cell_ = TidyLine(text, kMaxNameBytes);
  } else if (row == first_row_) {
    first_row_alone_ = false;
  }
  if (row != first_row_) first_row_ = kNoRow;
}

void SheetText::Aside(std::string_view text) {
  writer_.Paragraph();
  writer_.Verbatim(text);
  writer_.Paragraph();
  row_ = kNoRow;
}

void SheetText::Finish(const FileContent& file, bool whole, Reading& reading) {
  if (!whole || writer_.full()) {
    reading.state = State::kTruncated;
    reading.reason = "the file is damaged or too large; its beginning was read";
  }
  const bool titled = first_row_alone_ && first_cell_.find(' ') != std::string::npos;
  reading.headline = titled ? first_cell_ : ReadableName(file.name);
  reading.prose = false;
  reading.body = writer_.TakeBody();
  reading.segments = writer_.TakeSegments();
}

}  // namespace quipu::extract
