// SPDX-License-Identifier: GPL-2.0-or-later
#include "packaging/reference/manual_page.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "packaging/reference/roff.h"

namespace quipu::reference {
namespace {

using config::Command;
using config::Option;
using config::Program;

/// "Serves X." → "serves X", as the line after NAME wants it.
std::string Phrase(std::string_view sentence) {
  std::string phrase(sentence.substr(0, sentence.find_last_not_of('.') + 1));
  phrase[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(phrase[0])));
  return Roff(phrase);
}

/// "[INDEX…]" with what stands for something in italics.
std::string Arguments(const Command& command) {
  std::string text;
  for (const config::Argument& argument : config::ArgumentsOf(command)) {
    std::string shown = RoffItalic(argument.what) + (argument.repeats ? "..." : "");
    text += " " + (argument.optional ? "[" + shown + "]" : shown);
  }
  return text;
}

std::string Paragraph(const Option& option) {
  std::string words;
  if (option.short_name != 0) words = RoffBold(std::string("-") + option.short_name) + ", ";
  words += RoffBold("--" + std::string(option.name));
  if (!option.value.empty()) words += " " + RoffItalic(option.value);
  std::string text = ".TP\n" + words + "\n" + RoffSentence(option.meaning) + "\n";
  if (option.max > 0) text += fmt::format("From {} to {}.\n", option.min, option.max);
  return text;
}

std::string Synopsis(const Program& program) {
  std::string text = ".SH SYNOPSIS\n";
  for (const Command& command : program.commands) {
    const std::string name = RoffBold(command.name);
    text += RoffBold(program.name) + " [" + RoffItalic("OPTION") + "...] ";
    text += command.name == program.default_command ? "[" + name + "]" : name;
    text += Arguments(command) + "\n.br\n";
  }
  return text + RoffBold(program.name) + " [" + RoffItalic("COMMAND") + "] " + RoffBold("--help") + " | " +
         RoffBold("--version") + "\n";
}

std::string Commands(const Program& program) {
  std::string text = ".SH COMMANDS\n";
  for (const Command& command : program.commands) {
    text += ".SS " + Roff(command.name) + Arguments(command) + "\n" + RoffSentence(command.meaning) + "\n";
    if (command.name == program.default_command) text += "This is what is done when no command is given.\n";
    for (const Option& option : program.options) {
      if (!option.commands.empty() && config::AppliesTo(option, command.name)) text += Paragraph(option);
    }
  }
  return text;
}

std::string OptionsOfEveryCommand(const Program& program) {
  std::string text = ".SH OPTIONS\nThese go with every command, and stand anywhere.\n";
  for (const Option& option : program.options) {
    if (option.commands.empty()) text += Paragraph(option);
  }
  for (const Option& option : config::CommonOptions()) text += Paragraph(option);
  return text + ".PP\nA value may follow as the next word or behind " + RoffBold("=") + "; " +
         RoffBold("--") + " ends the options.\n";
}

std::string Ending(const Program& program) {
  std::string text = ".SH EXIT STATUS\n";
  for (const config::ExitCode& code : program.exit_codes) {
    text += fmt::format(".TP\n{}\n{}\n", RoffBold(std::to_string(code.code)), RoffSentence(code.meaning));
  }
  if (!program.notes.empty()) text += ".SH NOTES\n" + RoffSentence(program.notes) + "\n";
  return text;
}

std::string Surroundings() {
  return ".SH ENVIRONMENT\n.TP\n" + RoffBold("QUIPU_CONFIG") + "\nThe configuration, where no " +
         RoffBold("--config") + " names one.\n.PP\nEach key of the configuration has a variable too: see\n" +
         ".BR quipu.toml (5).\n" + ".SH FILES\n.TP\n" + RoffBold("./quipu.toml") +
         "\nThe configuration, if the working folder has one; else\n.TP\n" +
         RoffBold("/etc/quipu/quipu.toml") + "\nthe one of the machine.\n";
}

std::string Examples(const Program& program) {
  if (program.examples.empty()) return "";
  std::string text = ".SH EXAMPLES\n";
  for (const config::Example& example : program.examples) {
    text += fmt::format(".PP\n{}\n.PP\n.RS 4\n.EX\n{} {}\n.EE\n.RE\n", RoffSentence(example.meaning),
                        Roff(program.name), Roff(example.words));
  }
  return text;
}

}  // namespace

std::string ManualPage(const Program& program, const Edition& edition) {
  const std::string other = program.name == "quipu-indexer" ? "quipu-searchd" : "quipu-indexer";
  return RoffTitle(program.name, 1, edition.date, edition.version) + ".SH NAME\n" + Roff(program.name) +
         " \\- " + Phrase(program.summary) + "\n" + Synopsis(program) + ".SH DESCRIPTION\n" +
         RoffBold(program.name) + " " + Phrase(program.summary) +
         ".\nWhich indexes there are is told by\n.BR quipu.toml (5),\n" + "which " +
         RoffBold("quipu-indexer") + " and " + RoffBold("quipu-searchd") + " share.\n" + Commands(program) +
         OptionsOfEveryCommand(program) + Surroundings() + Ending(program) + Examples(program) +
         ".SH SEE ALSO\n.BR " + Roff(other) + " (1),\n.BR quipu.toml (5)\n";
}

}  // namespace quipu::reference
