// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace quipu::config {

/// One thing that a program can be told to do.
struct Command {
  std::string_view name;       // "run"; two words are allowed: "key new"
  std::string_view arguments;  // "INDEX FILE|-", "[INDEX…]": `[…]` may be left out, `…` may repeat
  std::string_view meaning;
};

/// One option. A `value` makes it take one: "FILE" is anything, "auto|bar|none" (lower case) is one of
/// these words, and with `max > 0` it is a whole number from `min` to `max`.
struct Option {
  std::string_view name;   // without the dashes: "dry-run"
  char short_name = 0;     // 'q' for -q; 0: none
  std::string_view value;  // empty: a switch
  std::string_view meaning;
  std::string_view commands;  // those it applies to, separated by commas; empty: every command
  std::int64_t min = 0;
  std::int64_t max = 0;
  bool repeats = false;  // each time it is given counts, not only the last
};

/// What the number that a program ends with tells.
struct ExitCode {
  int code = 0;
  std::string_view meaning;
};

/// A command line that works, without the program's name, and what it is for.
struct Example {
  std::string_view words;
  std::string_view meaning;
};

/// A program's whole command line: the only truth from which parsing, `--help`, man pages and completions
/// (packaging/reference) come. `--config FILE`, `--help` and `--version` are every program's and not listed.
struct Program {
  std::string_view name;
  std::string_view summary;
  std::span<const Command> commands;
  std::span<const Option> options;
  std::string_view default_command;  // what an absent command means; empty: one must be given
  std::string_view notes;            // shown under the whole help
  std::span<const ExitCode> exit_codes;
  std::span<const Example> examples;
};

/// What was typed. Options are there by name, each with its values in the order given.
struct CommandLine {
  std::string command;
  std::vector<std::string> arguments;
  std::map<std::string, std::vector<std::string>, std::less<>> options;
  bool help = false;     // show HelpText(program, command) and exit 0; nothing else was checked
  bool version = false;  // likewise with the version

  bool Has(std::string_view option) const { return options.contains(option); }
  /// The last value of `option`, or `otherwise`.
  std::string Get(std::string_view option, std::string_view otherwise = "") const;
  /// The same as a number; only for options whose row has a `max`, so it is one.
  std::int64_t Number(std::string_view option, std::int64_t otherwise) const;
};

/// Reads `words` (argv without the program's name). Options may stand anywhere, as `--name=value`,
/// `--name value`, `-n value`, `-nvalue`; `--` ends them; a lone `-` is an argument. Errors are
/// Code::kUsage and name the nearest known word; the caller prints them and exits with 2.
Result<CommandLine> ParseCommandLine(const Program& program, std::span<const char* const> words);

/// The help of one command, or of the whole program if `command` is empty.
std::string HelpText(const Program& program, std::string_view command = "");

/// `--config`, `--help` and `--version`, as HelpText shows them.
std::span<const Option> CommonOptions();

/// One argument of a command: "INDEX…" is `INDEX` and may repeat.
struct Argument {
  std::string_view what;
  bool optional = false;
  bool repeats = false;
};
std::vector<Argument> ArgumentsOf(const Command& command);

/// Whether `option` may stand beside `command`.
bool AppliesTo(const Option& option, std::string_view command);

/// The words of which the value of `option` must be one; none if it is not restricted to some.
std::vector<std::string_view> Choices(const Option& option);

}  // namespace quipu::config
