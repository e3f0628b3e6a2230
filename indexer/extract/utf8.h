// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace quipu::extract {

/// One step through UTF-8: the code point and the bytes it took (at least 1). Malformed bytes give
/// U+FFFD with `valid` false, one step for each maximal faulty prefix.
struct CodePoint {
  char32_t value = 0xFFFD;
  std::size_t size = 1;
  bool valid = false;
};
CodePoint DecodeUtf8(std::string_view utf8, std::size_t at);

void AppendUtf8(std::string& out, char32_t code_point);
bool IsValidUtf8(std::string_view utf8);

/// `utf8` cut to at most `bytes`, never inside a character.
std::string_view ClipUtf8(std::string_view utf8, std::size_t bytes);

/// A metadata value as it is stored: valid UTF-8 on one line, runs of white space one space, no control
/// characters, trimmed, at most `bytes` long.
std::string TidyLine(std::string_view text, std::size_t bytes);

/// True for characters that no text holds: controls other than tab, line feed, form feed and carriage
/// return, the byte order mark, and noncharacters.
bool IsControl(char32_t code_point);

/// What is dropped from text: controls, and the invisible marks that embed or override a direction (PDF
/// extraction adds them, and with them "abc.txt" can be made to look like something else).
bool IsJunk(char32_t code_point);

/// Whether there is a letter: an ASCII one, or anything beyond ASCII.
bool HasLetters(std::string_view utf8);

/// White space that may be collapsed: ASCII's, and the no-break space.
bool IsBlank(char32_t code_point);

}  // namespace quipu::extract
