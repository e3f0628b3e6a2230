// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/extract/latex_commands.h"

#include <algorithm>
#include <array>

namespace quipu::extract {
namespace {

using enum LatexMeaning;

constexpr std::array kCommands = {
    LatexCommand{"part", kSection, ""},
    LatexCommand{"chapter", kSection, ""},
    LatexCommand{"section", kSection, ""},
    LatexCommand{"subsection", kSection, ""},
    LatexCommand{"subsubsection", kSection, ""},
    LatexCommand{"paragraph", kSection, ""},
    LatexCommand{"frametitle", kSection, ""},
    LatexCommand{"title", kTitle, ""},
    LatexCommand{"author", kAuthor, ""},
    LatexCommand{"date", kDate, ""},
    LatexCommand{"begin", kBegin, ""},
    LatexCommand{"end", kEnd, ""},
    LatexCommand{"\\", kBreak, ""},
    LatexCommand{"newline", kBreak, ""},
    LatexCommand{"item", kBreak, ""},
    LatexCommand{"tabularnewline", kBreak, ""},
    LatexCommand{"cr", kBreak, ""},
    LatexCommand{"par", kParagraph, ""},
    LatexCommand{"bibitem", kSilent, ""},
    LatexCommand{"footnote", kFootnote, ""},
    LatexCommand{"href", kHref, ""},
    LatexCommand{"verb", kVerb, ""},
    LatexCommand{"newcommand", kDefinition, ""},
    LatexCommand{"renewcommand", kDefinition, ""},
    LatexCommand{"providecommand", kDefinition, ""},
    LatexCommand{"newenvironment", kDefinition, ""},
    LatexCommand{"renewenvironment", kDefinition, ""},
    LatexCommand{"newtheorem", kDefinition, ""},
    LatexCommand{"DeclareMathOperator", kDefinition, ""},
    LatexCommand{"def", kDefinition, ""},
    LatexCommand{"setlength", kDefinition, ""},
    LatexCommand{"addtolength", kDefinition, ""},
    LatexCommand{"setcounter", kDefinition, ""},
    LatexCommand{"definecolor", kDefinition, ""},
    LatexCommand{"hypersetup", kSilent, ""},
    LatexCommand{"documentclass", kSilent, ""},
    LatexCommand{"usepackage", kSilent, ""},
    LatexCommand{"label", kSilent, ""},
    LatexCommand{"ref", kSilent, ""},
    LatexCommand{"eqref", kSilent, ""},
    LatexCommand{"pageref", kSilent, ""},
    LatexCommand{"autoref", kSilent, ""},
    LatexCommand{"cref", kSilent, ""},
    LatexCommand{"Cref", kSilent, ""},
    LatexCommand{"cite", kSilent, ""},
    LatexCommand{"citep", kSilent, ""},
    LatexCommand{"citet", kSilent, ""},
    LatexCommand{"parencite", kSilent, ""},
    LatexCommand{"textcite", kSilent, ""},
    LatexCommand{"nocite", kSilent, ""},
    LatexCommand{"index", kSilent, ""},
    LatexCommand{"includegraphics", kSilent, ""},
    LatexCommand{"input", kSilent, ""},
    LatexCommand{"include", kSilent, ""},
    LatexCommand{"bibliography", kSilent, ""},
    LatexCommand{"bibliographystyle", kSilent, ""},
    LatexCommand{"addbibresource", kSilent, ""},
    LatexCommand{"graphicspath", kSilent, ""},
    LatexCommand{"vspace", kSilent, ""},
    LatexCommand{"hspace", kSilent, ""},
    LatexCommand{"pagestyle", kSilent, ""},
    LatexCommand{"thispagestyle", kSilent, ""},
    LatexCommand{"pagenumbering", kSilent, ""},
    LatexCommand{"color", kSilent, ""},
    LatexCommand{"geometry", kSilent, ""},
    LatexCommand{"usetheme", kSilent, ""},
    LatexCommand{"selectlanguage", kSilent, ""},
    LatexCommand{"phantom", kSilent, ""},
    LatexCommand{"tag", kSilent, ""},
    LatexCommand{"cline", kSilent, ""},
    LatexCommand{"'", kAccent, "\u0301"},
    LatexCommand{"`", kAccent, "\u0300"},
    LatexCommand{"^", kAccent, "\u0302"},
    LatexCommand{"\"", kAccent, "\u0308"},
    LatexCommand{"~", kAccent, "\u0303"},
    LatexCommand{"=", kAccent, "\u0304"},
    LatexCommand{".", kAccent, "\u0307"},
    LatexCommand{"c", kAccent, "\u0327"},
    LatexCommand{"v", kAccent, "\u030C"},
    LatexCommand{"u", kAccent, "\u0306"},
    LatexCommand{"H", kAccent, "\u030B"},
    LatexCommand{"k", kAccent, "\u0328"},
    LatexCommand{"r", kAccent, "\u030A"},
    LatexCommand{"d", kAccent, "\u0323"},
    LatexCommand{"ss", kSymbol, "ß"},
    LatexCommand{"o", kSymbol, "ø"},
    LatexCommand{"O", kSymbol, "Ø"},
    LatexCommand{"ae", kSymbol, "æ"},
    LatexCommand{"AE", kSymbol, "Æ"},
    LatexCommand{"oe", kSymbol, "œ"},
    LatexCommand{"OE", kSymbol, "Œ"},
    LatexCommand{"aa", kSymbol, "å"},
    LatexCommand{"AA", kSymbol, "Å"},
    LatexCommand{"l", kSymbol, "ł"},
    LatexCommand{"L", kSymbol, "Ł"},
    LatexCommand{"i", kSymbol, "i"},
    LatexCommand{"j", kSymbol, "j"},
    LatexCommand{"ldots", kSymbol, "…"},
    LatexCommand{"dots", kSymbol, "…"},
    LatexCommand{"textendash", kSymbol, "–"},
    LatexCommand{"textemdash", kSymbol, "—"},
    LatexCommand{"LaTeX", kSymbol, "LaTeX"},
    LatexCommand{"TeX", kSymbol, "TeX"},
    LatexCommand{"S", kSymbol, "§"},
    LatexCommand{"copyright", kSymbol, "©"},
    LatexCommand{"euro", kSymbol, "€"},
    LatexCommand{"textbackslash", kSymbol, "\\"},
    LatexCommand{"textasciitilde", kSymbol, "~"},
    LatexCommand{"%", kSymbol, "%"},
    LatexCommand{"&", kSymbol, "&"},
    LatexCommand{"$", kSymbol, "$"},
    LatexCommand{"#", kSymbol, "#"},
    LatexCommand{"_", kSymbol, "_"},
    LatexCommand{"{", kSymbol, "{"},
    LatexCommand{"}", kSymbol, "}"},
    LatexCommand{" ", kSymbol, " "},
    LatexCommand{",", kSymbol, " "},
    LatexCommand{";", kSymbol, " "},
    LatexCommand{"/", kSymbol, ""},
    LatexCommand{"-", kSymbol, ""},
    LatexCommand{"quad", kSymbol, " "},
    LatexCommand{"qquad", kSymbol, " "},
    LatexCommand{"\n", kSymbol, " "},
    LatexCommand{"and", kSymbol, ", "},
};

template <std::size_t kSize>
bool IsOneOf(std::string_view name, const std::array<std::string_view, kSize>& names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

constexpr std::array<std::string_view, 6> kSilentEnvironments = {
    "comment", "tikzpicture", "picture", "pspicture", "filecontents", "filecontents*"};
constexpr std::array<std::string_view, 6> kVerbatimEnvironments = {"verbatim",   "verbatim*", "Verbatim",
                                                                   "lstlisting", "minted",    "alltt"};

}  // namespace

LatexCommand FindLatexCommand(std::string_view name) {
  const auto* found = std::find_if(kCommands.begin(), kCommands.end(),
                                   [name](const LatexCommand& command) { return command.name == name; });
  return found == kCommands.end() ? LatexCommand{name, kPlain, ""} : *found;
}

bool IsSilentEnvironment(std::string_view name) { return IsOneOf(name, kSilentEnvironments); }
bool IsVerbatimEnvironment(std::string_view name) { return IsOneOf(name, kVerbatimEnvironments); }

}  // namespace quipu::extract
