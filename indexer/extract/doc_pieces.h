// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace quipu::extract {

/// A stretch of a Word file's text: characters [begin, end) stand at `place` of the main stream.
struct DocPiece {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t place = 0;  // in bytes
  bool wide = false;        // UTF-16, else one byte a character
};

/// The parts of a Word file that follow one another in its text, in characters.
struct DocParts {
  std::uint32_t text = 0;
  std::uint32_t footnotes = 0;
  std::uint32_t headers = 0;
  std::uint32_t macros = 0;
  std::uint32_t comments = 0;
  std::uint32_t endnotes = 0;
  std::uint32_t boxes = 0;
};

/// Where a Word file (6, 95, 97–2003) keeps its text. No more pieces than the table has room for; each
/// lies within the stream.
struct DocLayout {
  DocParts parts;
  std::vector<DocPiece> pieces;
  bool old = false;  // Word 6 or 95: no character is wide, notes and formatting are not read
};

/// The name of the stream with the tables, by the header of the main stream.
std::string_view DocTableStream(std::string_view main);

/// Whether the header says that the text is encrypted.
bool IsEncryptedDoc(std::string_view main);

DocLayout ReadDocLayout(std::string_view main, std::string_view table);

}  // namespace quipu::extract
