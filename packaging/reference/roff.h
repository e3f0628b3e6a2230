// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

namespace quipu::reference {

/// `text` so that troff shows it as it is, also at the beginning of a line. All of it is ASCII: what is not
/// becomes the name of its character.
std::string Roff(std::string_view text);

/// The same for a sentence, in which `words in backquotes` are bold. It begins with a capital, unless it
/// begins with code, and ends with a full stop.
std::string RoffSentence(std::string_view text);

std::string RoffBold(std::string_view text);
std::string RoffItalic(std::string_view text);

/// The first line of a page, as `.TH QUIPU\-SEARCHD 1 …`.
std::string RoffTitle(std::string_view name, int section, std::string_view date, std::string_view version);

}  // namespace quipu::reference
