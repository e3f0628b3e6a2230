// SPDX-License-Identifier: GPL-2.0-or-later
#include <algorithm>

#include "core/config/options.h"

namespace quipu::config {
namespace {

/// One line of help: what to type, and what it means.
struct Row {
  std::string left;
  std::string_view meaning;
};

std::size_t Columns(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

void AppendRows(std::string& out, std::string_view heading, const std::vector<Row>& rows) {
  if (rows.empty()) return;
  std::size_t width = 0;
  for (const Row& row : rows) width = std::max(width, Columns(row.left));
  out += "\n" + std::string(heading) + ":\n";
  for (const Row& row : rows) {
    out +=
        "  " + row.left + std::string(width - Columns(row.left) + 2, ' ') + std::string(row.meaning) + "\n";
  }
}

std::string OptionWords(const Option& option) {
  std::string text = option.short_name != 0 ? std::string("-") + option.short_name + ", " : "    ";
  text += "--" + std::string(option.name);
  if (!option.value.empty()) text += " " + std::string(option.value);
  return text;
}

std::string Usage(const Program& program, std::string_view command, std::string_view arguments) {
  std::string text = "Usage: " + std::string(program.name);
  if (!command.empty()) text += " " + std::string(command);
  text += " [OPTION…]";
  if (!arguments.empty()) text += " " + std::string(arguments);
  return text + "\n";
}

std::string HelpOfCommand(const Program& program, const Command& command) {
  std::string text = Usage(program, command.name, command.arguments);
  text += "\n" + std::string(command.meaning) + "\n";
  std::vector<Row> rows;
  for (const Option& option : program.options) {
    if (AppliesTo(option, command.name)) rows.push_back({OptionWords(option), option.meaning});
  }
  for (const Option& option : CommonOptions()) rows.push_back({OptionWords(option), option.meaning});
  AppendRows(text, "Options", rows);
  return text;
}

std::string HelpOfProgram(const Program& program) {
  std::string text = Usage(program, "", program.default_command.empty() ? "COMMAND …" : "[COMMAND …]");
  text += "\n" + std::string(program.summary) + "\n";
  std::vector<Row> commands;
  for (const Command& command : program.commands) {
    std::string left(command.name);
    if (!command.arguments.empty()) left += " " + std::string(command.arguments);
    commands.push_back({left, command.meaning});
  }
  AppendRows(text, "Commands", commands);
  std::vector<Row> everywhere;
  for (const Option& option : program.options) {
    if (option.commands.empty()) everywhere.push_back({OptionWords(option), option.meaning});
  }
  for (const Option& option : CommonOptions()) everywhere.push_back({OptionWords(option), option.meaning});
  AppendRows(text, "Options of every command", everywhere);
  text += "\n`" + std::string(program.name) + " COMMAND --help` shows a command's own options.\n";
  if (!program.notes.empty()) text += "\n" + std::string(program.notes) + "\n";
  std::vector<Row> codes;
  for (const ExitCode& code : program.exit_codes) codes.push_back({std::to_string(code.code), code.meaning});
  AppendRows(text, "Exit codes", codes);
  return text;
}

}  // namespace

std::string HelpText(const Program& program, std::string_view command) {
  for (const Command& known : program.commands) {
    if (!command.empty() && known.name == command) return HelpOfCommand(program, known);
  }
  return HelpOfProgram(program);
}

}  // namespace quipu::config
