// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>
#include <array>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/charset.h"
#include "indexer/extract/file_type.h"
#include "indexer/extract/format.h"

namespace quipu::extract {
namespace {

/// Endings of text that people wrote to be read; in other text files (data, program source) the first line
/// is no title.
bool IsProse(std::string_view name) {
  constexpr std::array<std::string_view, 16> kEndings = {
      "",    "txt", "text", "asc",     "me",        "rst",  "org",      "adoc",
      "tex", "nfo", "1st",  "textile", "mediawiki", "wiki", "asciidoc", "md"};
  const std::string ending = NameEnding(name);
  return std::find(kEndings.begin(), kEndings.end(), ending) != kEndings.end();
}

/// JSON and its like, whatever the file is called.
bool IsData(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) return false;
  const std::string_view start = text.substr(begin, 2);
  if (start == "{\"" || start == "[{" || start == "[\"") return true;
  return start == "{\n" || start == "{\r" || start == "[\n" || start == "{}" || start == "[]";
}

}  // namespace

Reading ReadPlainText(const FileContent& file) {
  const DecodedText decoded = DecodeText(file.bytes, file.charset);
  if (!LooksLikeText(decoded.text)) return Refuse(State::kSkipped, "no reader for application/octet-stream");
  BodyWriter writer;
  writer.Verbatim(decoded.text);
  Reading reading;
  reading.prose = IsProse(file.name) && !IsData(decoded.text);
  if (writer.full()) {
    reading.state = State::kTruncated;
    reading.reason = "more than 32 MiB of text; the rest was left out";
  }
  reading.body = writer.TakeBody();
  return reading;
}

}  // namespace quipu::extract
