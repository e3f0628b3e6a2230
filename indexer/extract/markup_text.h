// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "indexer/extract/body_writer.h"
#include "indexer/extract/reading.h"

namespace quipu::extract {

/// What the readers of line-based markup (reStructuredText, AsciiDoc) share.

/// The lines of a text without their ends, and without blanks at their end.
std::vector<std::string_view> SplitLines(std::string_view text);

/// How many blanks a line begins with; a tab goes to the next multiple of eight.
std::size_t IndentOf(std::string_view line);

std::string_view TrimBlanks(std::string_view text);

/// Characters of a line, as its underline must have them (wide ones count once).
std::size_t CountCharacters(std::string_view utf8);

/// Whether the line is `least` or more of one of the characters in `marks`, and nothing else.
bool IsRule(std::string_view line, std::string_view marks, std::size_t least = 2);

/// Moves what was written into the reading; says so if it had to stop.
void FinishReading(BodyWriter& writer, Reading& reading);

}  // namespace quipu::extract
