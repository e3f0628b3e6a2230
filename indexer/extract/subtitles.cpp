// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "indexer/extract/charset.h"
#include "indexer/extract/format.h"
#include "indexer/extract/html_parser.h"
#include "indexer/extract/markup_text.h"

namespace quipu::extract {
namespace {

bool IsTiming(std::string_view line) { return line.find("-->") != std::string_view::npos; }

bool IsNumber(std::string_view line) {
  return !line.empty() && line.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "<i>words</i>", "<v Ana>words", "{\an8}words" without what is in the brackets.
std::string Spoken(std::string_view line) {
  std::string text;
  for (std::size_t at = 0; at < line.size();) {
    const bool brace = line.substr(at, 2) == "{\\";
    const bool tag = line[at] == '<' && at + 1 < line.size() && line[at + 1] != ' ' && line[at + 1] != '3';
    const std::size_t end = brace ? line.find('}', at) : tag ? line.find('>', at) : std::string_view::npos;
    if (end != std::string_view::npos) {
      at = end + 1;
    } else {
      text += line[at++];
    }
  }
  return text;
}

/// &amp; and its like, by the reader that knows them all.
std::string WithoutEntities(std::string text) {
  if (text.find('&') == std::string::npos) return text;
  BodyWriter writer;
  ParseHtml(text).page.Write(writer);
  return writer.TakeBody();
}

/// Writes the spoken lines of the cues.
void WriteCues(const std::vector<std::string_view>& lines, BodyWriter& writer) {
  std::string last;
  bool in_cue = false;
  for (const std::string_view line : lines) {
    if (line.empty()) {
      in_cue = false;
    } else if (IsTiming(line)) {
      in_cue = true;
    } else if (in_cue) {
      const std::string spoken = WithoutEntities(Spoken(line));
      const std::string_view words = TrimBlanks(spoken);
      // Captions that roll repeat the line before.
      if (words.empty() || words == last) continue;
      last = words;
      writer.LineBreak();
      writer.Text(words);
    }
  }
}

}  // namespace

Reading ReadSubtitles(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes);
  const std::vector<std::string_view> lines = SplitLines(decoded.text);
  Reading reading;
  reading.prose = false;  // the first line spoken is no title
  BodyWriter writer;
  if (!lines.empty() && lines.front().substr(0, 6) == "WEBVTT") {
    std::string_view title = TrimBlanks(lines.front().substr(6));
    while (!title.empty() && (title.front() == '-' || title.front() == ' ')) title.remove_prefix(1);
    if (title != "FILE") reading.title = title;
    for (const std::string_view line : lines) {
      if (IsTiming(line)) break;
      if (line.substr(0, 9) == "Language:") reading.language = TrimBlanks(line.substr(9));
    }
  }
  WriteCues(lines, writer);
  FinishReading(writer, reading);
  return reading;
}

bool LooksLikeSubtitles(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  const std::vector<std::string_view> lines = SplitLines(text.substr(begin, 300));
  const std::string_view mark = lines.front().substr(0, 6);
  if (mark == "WEBVTT" || mark == "webvtt") return true;
  return lines.size() > 1 && IsNumber(lines[0]) && IsTiming(lines[1]);
}

}  // namespace quipu::extract
