// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/body_writer.h"

namespace quipu::extract {

/// Builds a body from a word processor's events: paragraphs, which may stand inside one another (text
/// boxes), headings, tables (a row is a line), and notes, which are written after the text.
class OfficeText {
 public:
  explicit OfficeText(BodyWriter& writer) : writer_(writer) {}

  void BeginParagraph(bool heading);
  /// The innermost open paragraph turns out to be a heading.
  void MakeHeading();
  void EndParagraph();

  void Text(std::string_view text);
  void Tab() { Text(" "); }
  void LineBreak() { Text("\n"); }

  void BeginCell();
  void EndRow();
  void EndTable();

  void BeginNote() { ++notes_open_; }
  void EndNote() { notes_open_ -= notes_open_ > 0 ? 1 : 0; }

  /// Whether some paragraph has begun and not ended.
  bool IsOpen() const { return !open_.empty(); }

  /// Ends what is open and writes the notes.
  void Finish();

 private:
  struct Open {
    std::string text;
    bool heading = false;
  };
  void Write(const Open& paragraph);

  static constexpr std::size_t kMaxNoteBytes = 8ULL << 20;

  BodyWriter& writer_;
  std::vector<Open> open_;
  std::string notes_;
  int notes_open_ = 0;
  bool in_cell_ = false;
  bool cell_empty_ = true;
};

}  // namespace quipu::extract
