// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config/options.h"

namespace quipu::reference {

/// Completions of `program` for a shell: commands, the options of each, the words that a value may be, files,
/// and the names of the indexes, which they read in the configuration that the program would take.
std::string BashCompletion(const config::Program& program);
std::string ZshCompletion(const config::Program& program);
std::string FishCompletion(const config::Program& program);

/// What a shell offers in the place of a value or an argument.
enum class Offer { kNothing, kFiles, kIndexes };

/// "FILE", "FILE|-" and "JUDGMENTS" are files, "INDEX" is an index.
Offer OfferFor(std::string_view what);

/// Both, those of the program and those of every program.
std::vector<config::Option> AllOptions(const config::Program& program);

/// "--number" and, if it has a short name, "-n".
std::vector<std::string> Spellings(const config::Option& option);

/// The first words of commands that have two, each once, and what may follow each: "key" and new, list,
/// revoke.
struct CommandFamily {
  std::string_view first;
  std::vector<config::Command> members;
};
std::vector<CommandFamily> Families(const config::Program& program);

/// The second word of "key new", else the whole name.
std::string_view LastWord(std::string_view command);

/// `text` between single quotes, as all three shells read it; fish also wants `\` doubled.
std::string Quoted(std::string_view text);
std::string QuotedForFish(std::string_view text);

/// "quipu-indexer" → "_quipu_indexer", the beginning of the names of functions.
std::string FunctionPrefix(const config::Program& program);

/// A pattern of `case` with the options that take a value: "--config|--limit|-n".
std::string OptionsWithValue(const config::Program& program, std::string_view separator);

/// Behind `sed -nE`: prints the name of each index of a quipu.toml.
extern const std::string_view kIndexNames;

}  // namespace quipu::reference
