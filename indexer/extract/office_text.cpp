// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/office_text.h"

#include <utility>

#include "indexer/extract/utf8.h"

namespace quipu::extract {
namespace {

constexpr std::size_t kMaxHeadingBytes = 500;

}  // namespace

void OfficeText::BeginParagraph(bool heading) { open_.push_back({.text = {}, .heading = heading}); }

void OfficeText::MakeHeading() {
  if (!open_.empty()) open_.back().heading = true;
}

void OfficeText::Text(std::string_view text) {
  if (!open_.empty() && open_.back().text.size() + text.size() <= BodyWriter::kMaxBytes)
    open_.back().text += text;
}

void OfficeText::EndParagraph() {
  if (open_.empty()) return;
  Open paragraph = std::move(open_.back());
  open_.pop_back();
  const std::size_t begin = paragraph.text.find_first_not_of(" \n\t");
  if (begin == std::string::npos) return;
  paragraph.text.erase(0, begin);  // an indent made of spaces
  if (notes_open_ == 0) return Write(paragraph);
  if (notes_.size() + paragraph.text.size() < kMaxNoteBytes) notes_ += paragraph.text + "\n\n";
}

void OfficeText::Write(const Open& paragraph) {
  if (in_cell_) {
    cell_empty_ ? writer_.Space() : writer_.LineBreak();
    cell_empty_ = false;
  } else {
    writer_.Paragraph();
  }
  if (paragraph.heading) writer_.BeginSegment({.heading = TidyLine(paragraph.text, kMaxHeadingBytes)});
  writer_.Verbatim(paragraph.text);
  if (!in_cell_) writer_.Paragraph();
}

void OfficeText::BeginCell() {
  in_cell_ = true;
  cell_empty_ = true;
  writer_.Space();
}

void OfficeText::EndRow() { writer_.LineBreak(); }

void OfficeText::EndTable() {
  in_cell_ = false;
  writer_.Paragraph();
}

void OfficeText::Finish() {
  // A document that is cut off leaves its last paragraphs open.
  while (!open_.empty()) EndParagraph();
  writer_.Paragraph();
  writer_.Verbatim(notes_);
  notes_.clear();
}

}  // namespace quipu::extract
