// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "packaging/reference/completion.h"

namespace quipu::reference {
namespace {

using config::Command;
using config::Option;
using config::Program;

// {0}: the function, {1}: the program, {2}: options with a value, {3}: how to find the indexes,
// {4}: commands of two words.
constexpr std::string_view kBegin =
    R"(# fish completion for {1}. Made from its option table by quipu-reference; do not edit.

# The words before the cursor that are no options, a line each; the first is the whole command, empty if there is none yet.
function _{0}_words
    set -l words
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case {2}
                set skip yes
            case '-?*'
            case '*'
                set -a words $word
        end
    end
    if test "$words[1]" = help
        set -e words[1]
    end
    if contains -- "$words[1..2]" {4}
        set words "$words[1..2]" $words[3..-1]
    end
    printf '%s\n' $words
end

# Whether the command is one of those given.
function _{0}_in
    contains -- "$(_{0}_words)[1]" $argv
end

# Whether the command is $argv[1], with $argv[2] arguments so far.
function _{0}_at
    set -l words (_{0}_words)
    test "$words[1]" = "$argv[1]" -a (math max 0, (count $words) - 1) -eq $argv[2]
end

function _{0}_indexes
    set -l words (commandline -opc)
    set -l file $QUIPU_CONFIG
    for i in (seq (count $words))
        switch $words[$i]
            case --config
                set file $words[(math $i + 1)]
            case '--config=*'
                set file (string replace -- --config= '' $words[$i])
        end
    end
    if test -z "$file" -a -r ./quipu.toml
        set file ./quipu.toml
    end
    if test -z "$file"
        set file /etc/quipu/quipu.toml
    end
    sed -nE {3} (string replace -r '^~' $HOME -- $file) 2>/dev/null | sort -u
end

complete -c {1} -f
)";

/// `complete` for words of the command line: what is offered, when, and what it means.
std::string Words(const Program& program, std::string_view condition, std::string_view words,
                  std::string_view meaning) {
  std::string text =
      fmt::format("complete -c {} -n {} -a {}", program.name, QuotedForFish(condition), QuotedForFish(words));
  if (!meaning.empty()) text += " -d " + QuotedForFish(meaning);
  return text + "\n";
}

/// The condition under which `option` may be typed: empty if always.
std::string Condition(const Program& program, const Option& option, const std::string& prefix) {
  if (option.commands.empty()) return "";
  std::string condition = prefix + "_in";
  for (const Command& command : program.commands) {
    if (!config::AppliesTo(option, command.name)) continue;
    condition += " " + Quoted(command.name);
    if (command.name == program.default_command) condition += " ''";
  }
  return condition;
}

std::string OptionLine(const Program& program, const Option& option, const std::string& prefix) {
  std::string text = fmt::format("complete -c {}", program.name);
  if (const std::string condition = Condition(program, option, prefix); !condition.empty())
    text += " -n " + QuotedForFish(condition);
  text += fmt::format(" -l {}", option.name);
  if (option.short_name != 0) text += fmt::format(" -s {}", option.short_name);
  if (!option.value.empty()) {
    std::string words;
    for (const std::string_view choice : config::Choices(option))
      words += (words.empty() ? "" : " ") + std::string(choice);
    switch (OfferFor(option.value)) {
      case Offer::kFiles: text += " -r -F"; break;
      case Offer::kIndexes: text += " -x -a '(" + prefix + "_indexes)'"; break;
      case Offer::kNothing: text += words.empty() ? " -x" : " -x -a " + QuotedForFish(words); break;
    }
  }
  return text + " -d " + QuotedForFish(option.meaning) + "\n";
}

std::string ArgumentLines(const Program& program, const Command& command, const std::string& prefix) {
  std::string text;
  int place = 0;
  for (const config::Argument& argument : config::ArgumentsOf(command)) {
    const Offer offer = OfferFor(argument.what);
    const std::string condition = argument.repeats
                                      ? prefix + "_in " + Quoted(command.name)
                                      : fmt::format("{}_at {} {}", prefix, Quoted(command.name), place);
    if (offer == Offer::kIndexes) text += Words(program, condition, "(" + prefix + "_indexes)", "index");
    if (offer == Offer::kFiles)
      text += fmt::format("complete -c {} -n {} -F\n", program.name, QuotedForFish(condition));
    ++place;
  }
  return text;
}

}  // namespace

std::string FishCompletion(const Program& program) {
  const std::string name = FunctionPrefix(program);
  const std::string prefix = "_" + name;
  std::string two_words;
  for (const CommandFamily& family : Families(program)) {
    for (const Command& member : family.members)
      two_words += (two_words.empty() ? "" : " ") + Quoted(member.name);
  }
  std::string text =
      fmt::format(kBegin, name, program.name, OptionsWithValue(program, " "), kIndexNames, two_words);
  const std::string none = prefix + "_at '' 0";
  for (const CommandFamily& family : Families(program)) {
    std::string names;
    for (const Command& member : family.members) {
      names += (names.empty() ? "" : ", ") + std::string(LastWord(member.name));
      text += Words(program, fmt::format("{}_at {} 0", prefix, family.first), LastWord(member.name),
                    member.meaning);
    }
    text += Words(program, none, family.first, names);
  }
  for (const Command& command : program.commands) {
    if (command.name.find(' ') == std::string_view::npos)
      text += Words(program, none, command.name, command.meaning);
  }
  text += Words(program, none, "help", "show the help of a command");
  for (const Option& option : AllOptions(program)) text += OptionLine(program, option, prefix);
  for (const Command& command : program.commands) text += ArgumentLines(program, command, prefix);
  return text;
}

}  // namespace quipu::reference
