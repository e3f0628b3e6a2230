// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "packaging/reference/completion.h"

namespace quipu::reference {
namespace {

using config::Command;
using config::Option;
using config::Program;

// {0}: the function, {1}: the program, {2}: options with a value, {3}: how to find the indexes.
constexpr std::string_view kBegin = R"zsh(#compdef {1}
# Made from the option table of {1} by quipu-reference; do not edit.

{0}_indexes() {{
  local file=$quipu_config
  local -a names
  (( ${{#file}} )) || file=${{QUIPU_CONFIG-}}
  (( ${{#file}} )) || [[ ! -r ./quipu.toml ]] || file=./quipu.toml
  (( ${{#file}} )) || file=/etc/quipu/quipu.toml
  names=(${{(f)"$(sed -nE {3} ${{file/#\~/$HOME}} 2>/dev/null | sort -u)"}})
  compadd "$@" -a names
}}

{0}() {{
  local option='' quipu_config='' word command=''
  local -a arguments next
  integer i
  for ((i = 2; i < CURRENT; ++i)); do
    word=${{words[i]}}
    if [[ -n $option ]]; then
      [[ $option == --config ]] && quipu_config=$word
      option=''
    elif [[ $word == --config=* ]]; then
      quipu_config=${{word#*=}}
    elif [[ $word == -?* ]]; then
      case $word in ({2}) option=$word ;; esac
    else
      arguments+=($word)
    fi
  done

)zsh";

/// Within the brackets of a specification, or behind the colon of a command.
std::string Explained(std::string_view meaning) {
  std::string text;
  for (const char c : meaning) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') text += '\\';
    text += c;
  }
  return text;
}

std::string Action(std::string_view what, const std::vector<std::string_view>& choices,
                   const std::string& prefix) {
  if (!choices.empty()) {
    std::string words;
    for (const std::string_view choice : choices) words += (words.empty() ? "" : " ") + std::string(choice);
    return "(" + words + ")";
  }
  switch (OfferFor(what)) {
    case Offer::kFiles: return "_files";
    case Offer::kIndexes: return prefix + "_indexes";
    case Offer::kNothing: break;
  }
  return " ";
}

/// What `_arguments` wants to know of an option, a word for each of its names.
std::string Specifications(const Option& option, const std::string& prefix) {
  const std::vector<std::string> spellings = Spellings(option);
  std::string text;
  for (const std::string& spelling : spellings) {
    std::string word = option.repeats ? "*" : "";
    if (!option.repeats && spellings.size() > 1) word = "(" + spellings[0] + " " + spellings[1] + ")";
    word += spelling;
    if (!option.value.empty()) word += spelling.starts_with("--") ? "=" : "+";
    word += "[" + Explained(option.meaning) + "]";
    if (!option.value.empty()) {
      word += ":" + Explained(option.value) + ":" + Action(option.value, config::Choices(option), prefix);
    }
    text += " \\\n        " + Quoted(word);
  }
  return text;
}

/// "word:what it does", for `_describe`.
std::string Described(std::string_view word, std::string_view meaning) {
  return "      " + Quoted(std::string(word) + ":" + std::string(meaning)) + "\n";
}

std::string Specifications(const Program& program, std::string_view command, const std::string& prefix) {
  std::string text;
  for (const Option& option : AllOptions(program)) {
    if (config::AppliesTo(option, command)) text += Specifications(option, prefix);
  }
  return text;
}

std::string CaseOf(const Program& program, const Command& command, const std::string& prefix) {
  const bool two = command.name.find(' ') != std::string_view::npos;
  std::string text = "    " + Quoted(command.name) + ")\n      _arguments -s -S '1: : '";
  if (two) text += " '2: : '";
  text += Specifications(program, command.name, prefix);
  int place = two ? 3 : 2;
  for (const config::Argument& argument : config::ArgumentsOf(command)) {
    const std::string number = argument.repeats ? "*" : std::to_string(place);
    text += " \\\n        " +
            Quoted(number + ":" + Explained(argument.what) + ":" + Action(argument.what, {}, prefix));
    ++place;
  }
  return text + "\n      ;;\n";
}

/// Sets `command`, or else `next`: what the next word may be.
std::string WhichCommand(const Program& program) {
  std::string text =
      "  [[ ${arguments[1]-} == help ]] && shift arguments\n  case \"${arguments[1]-} ${arguments[2]-}\" "
      "in\n";
  std::string first;
  for (const CommandFamily& family : Families(program)) {
    std::string members;
    std::string names;
    for (const Command& member : family.members) {
      const std::string_view word = LastWord(member.name);
      text += fmt::format("    ({0}) command={0} ;;\n", Quoted(member.name));
      members += Described(word, member.meaning);
      names += (names.empty() ? "" : ", ") + std::string(word);
    }
    text += fmt::format("    ('{} ') next=(\n{}    ) ;;\n", family.first, members);
    first += Described(family.first, names);
  }
  for (const Command& command : program.commands) {
    if (command.name.find(' ') != std::string_view::npos) continue;
    text += fmt::format("    ('{0} '*) command={0} ;;\n", command.name);
    first += Described(command.name, command.meaning);
  }
  first += Described("help", "show the help of a command");
  return text + "    (' ') next=(\n" + first + "    ) ;;\n  esac\n";
}

}  // namespace

std::string ZshCompletion(const Program& program) {
  const std::string prefix = FunctionPrefix(program);
  std::string text = fmt::format(kBegin, prefix, program.name, OptionsWithValue(program, "|"), kIndexNames);
  text += WhichCommand(program) + "  case $command in\n";
  for (const Command& command : program.commands) text += CaseOf(program, command, prefix);
  text += "    '')\n      if [[ $PREFIX == -* || -n $option ]]; then\n        _arguments -s -S" +
          Specifications(program, program.default_command, prefix) +
          "\n      else\n        _describe -t commands command next\n      fi\n      ;;\n  esac\n";
  return text + fmt::format("}}\n\n{} \"$@\"\n", prefix);
}

}  // namespace quipu::reference
