// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::extract {

/// What a LaTeX command means for the text around it.
enum class LatexMeaning {
  kPlain,    // the command goes, its arguments are text
  kSilent,   // its arguments go too: \label{x}, \usepackage[y]{z}
  kSection,  // its argument is a heading
  kBreak,    // a line ends: \\, \item
  kParagraph,
  kFootnote,
  kSymbol,  // stands for `text`
  kAccent,  // goes on the next letter: `text` is the combining mark
  kTitle,
  kAuthor,
  kDate,
  kBegin,
  kEnd,
  kDefinition,  // \newcommand{\x}[1]{…}: everything in its braces goes
  kHref,        // \href{address}{text}
  kVerb,        // \verb|text|
};

struct LatexCommand {
  std::string_view name;
  LatexMeaning meaning = LatexMeaning::kPlain;
  std::string_view text;
};

/// The command of this name (without the backslash); kPlain for what is not known.
LatexCommand FindLatexCommand(std::string_view name);

/// Environments whose content is no text, and those whose content is text as it stands.
bool IsSilentEnvironment(std::string_view name);
bool IsVerbatimEnvironment(std::string_view name);

}  // namespace quipu::extract
