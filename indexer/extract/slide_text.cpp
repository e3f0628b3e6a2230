// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/slide_text.h"

#include "indexer/extract/utf8.h"

namespace quipu::extract {

void Slide::Add(std::string& to, std::string_view text) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos || to.size() + text.size() > kMaxBytes)
    return;
  if (!to.empty()) to += "\n\n";
  to += text;
}

void Slide::Write(BodyWriter& writer) const {
  constexpr std::size_t kMaxHeadingBytes = 500;
  writer.Paragraph();
  writer.BeginSegment({.heading = TidyLine(title_, kMaxHeadingBytes)});
  for (const std::string* part : {&title_, &text_, &notes_}) {
    writer.Verbatim(*part);
    writer.Paragraph();
  }
}

}  // namespace quipu::extract
