// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/markup_text.h"

#include <algorithm>

namespace quipu::extract {

std::vector<std::string_view> SplitLines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t'))
      line.remove_suffix(1);
    lines.push_back(line);
  }
  return lines;
}

std::size_t IndentOf(std::string_view line) {
  std::size_t indent = 0;
  for (const char c : line) {
    if (c != ' ' && c != '\t') break;
    indent = c == '\t' ? (indent / 8 + 1) * 8 : indent + 1;
  }
  return indent;
}

std::string_view TrimBlanks(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

std::size_t CountCharacters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool IsRule(std::string_view line, std::string_view marks, std::size_t least) {
  return line.size() >= least && marks.find(line.front()) != std::string_view::npos &&
         line.find_first_not_of(line.front()) == std::string_view::npos;
}

void FinishReading(BodyWriter& writer, Reading& reading) {
  if (writer.full() && reading.state == State::kIndexed) {
    reading.state = State::kTruncated;
    reading.reason = "more than 32 MiB of text; the rest was left out";
  }
  reading.body = writer.TakeBody();
  reading.segments = writer.TakeSegments();
}

}  // namespace quipu::extract
