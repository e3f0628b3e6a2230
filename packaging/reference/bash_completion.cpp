// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "packaging/reference/completion.h"

namespace quipu::reference {
namespace {

using config::Command;
using config::Option;
using config::Program;

// {0}: the function, {1}: the program, {2}: options with a value, {3}: how to find the indexes.
constexpr std::string_view kBegin =
    R"(# bash completion for {1}. Made from its option table by quipu-reference; do not edit.

{0}_indexes() {{
  local file=$1
  [[ -n $file ]] || file=${{QUIPU_CONFIG-}}
  [[ -n $file || ! -r ./quipu.toml ]] || file=./quipu.toml
  [[ -n $file ]] || file=/etc/quipu/quipu.toml
  sed -nE {3} "${{file/#\~/$HOME}}" 2>/dev/null | sort -u
}}

{0}_files() {{
  compopt -o default 2>/dev/null
  COMPREPLY=()
}}

{0}() {{
  local cur=${{COMP_WORDS[COMP_CWORD]}} option='' config='' only_arguments='' word i
  local given='' command='' options='' next=''
  local -a arguments=()
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; ++i)); do
    word=${{COMP_WORDS[i]}}
    if [[ -n $option ]]; then
      # `--option=value` comes as three words.
      [[ $word == = && ${{COMP_WORDS[i - 1]}} == "$option" ]] && continue
      [[ $option == --config ]] && config=$word
      option=''
    elif [[ $word == : ]]; then
      i=$((i + 1))  # the rest of an address
    elif [[ -z $only_arguments && $word == -- ]]; then
      only_arguments=yes
    elif [[ -z $only_arguments && $word == -?* ]]; then
      case $word in {2}) option=$word ;; esac
    else
      arguments+=("$word")
    fi
  done
  [[ $cur == = && -n $option ]] && cur=''

)";

std::string Reply(std::string_view words) {
  return "mapfile -t COMPREPLY < <(compgen -W " + std::string(words) + " -- \"$cur\")";
}

std::string ReplyFor(Offer offer, const std::string& prefix) {
  if (offer == Offer::kFiles) return prefix + "_files";
  if (offer == Offer::kIndexes) return Reply("\"$(" + prefix + "_indexes \"$config\")\"");
  return ":";
}

std::string Values(const Program& program, const std::string& prefix) {
  std::string text = "  case $option in\n";
  for (const Option& option : AllOptions(program)) {
    if (option.value.empty()) continue;
    std::string words;
    for (const std::string_view choice : config::Choices(option))
      words += (words.empty() ? "" : " ") + std::string(choice);
    std::string pattern;
    for (const std::string& spelling : Spellings(option)) pattern += (pattern.empty() ? "" : "|") + spelling;
    text += "    " + pattern + ") " +
            (words.empty() ? ReplyFor(OfferFor(option.value), prefix) : Reply(Quoted(words))) +
            "; return ;;\n";
  }
  return text + "  esac\n\n";
}

/// Which command was given: its words leave `arguments`; `next` is what may be the next word of one.
std::string WhichCommand(const Program& program) {
  std::string first;
  for (const Command& command : program.commands) {
    if (command.name.find(' ') == std::string_view::npos) first += std::string(command.name) + " ";
  }
  std::string text =
      "  [[ ${arguments[0]-} == help ]] && arguments=(\"${arguments[@]:1}\")\n"
      "  given=\"${arguments[0]-} ${arguments[1]-}\"\n  case $given in\n";
  for (const CommandFamily& family : Families(program)) {
    std::string words;
    for (const Command& member : family.members) {
      text += fmt::format("    {}) command={} arguments=(\"${{arguments[@]:2}}\") ;;\n", Quoted(member.name),
                          Quoted(member.name));
      words += (words.empty() ? "" : " ") + std::string(LastWord(member.name));
    }
    text += fmt::format("    '{} ') next='{}' ;;\n", family.first, words);
    first += std::string(family.first) + " ";
  }
  for (const Command& command : program.commands) {
    if (command.name.find(' ') != std::string_view::npos) continue;
    text += fmt::format("    '{0} '*) command={0} arguments=(\"${{arguments[@]:1}}\") ;;\n", command.name);
  }
  return text + "    ' ') next='" + first + "help' ;;\n  esac\n\n";
}

std::string OptionWords(const Program& program, std::string_view command) {
  std::string words;
  for (const Option& option : AllOptions(program)) {
    if (!config::AppliesTo(option, command)) continue;
    for (const std::string& spelling : Spellings(option)) words += (words.empty() ? "" : " ") + spelling;
  }
  return Quoted(words);
}

std::string ArgumentCases(const Command& command, const std::string& prefix) {
  std::string text = "    " + Quoted(command.name) + ")\n      case ${#arguments[@]} in\n";
  int place = 0;
  for (const config::Argument& argument : config::ArgumentsOf(command)) {
    text += fmt::format("        {}) {} ;;\n", argument.repeats ? "*" : std::to_string(place),
                        ReplyFor(OfferFor(argument.what), prefix));
    ++place;
  }
  return text + "      esac\n      ;;\n";
}

}  // namespace

std::string BashCompletion(const Program& program) {
  const std::string prefix = FunctionPrefix(program);
  std::string text = fmt::format(kBegin, prefix, program.name, OptionsWithValue(program, "|"), kIndexNames);
  text += Values(program, prefix) + WhichCommand(program);
  text += "  if [[ $cur == -* && -z $only_arguments ]]; then\n    case $command in\n";
  for (const Command& command : program.commands)
    text += "      " + Quoted(command.name) + ") options=" + OptionWords(program, command.name) + " ;;\n";
  text += "      *) options=" + OptionWords(program, program.default_command) + " ;;\n    esac\n    " +
          Reply("\"$options\"") + "\n    return\n  fi\n";
  text += "  if [[ -z $command ]]; then\n    " + Reply("\"$next\"") + "\n    return\n  fi\n";
  text += "  case $command in\n";
  for (const Command& command : program.commands) {
    if (!command.arguments.empty()) text += ArgumentCases(command, prefix);
  }
  return text + fmt::format("  esac\n}}\n\ncomplete -F {} {}\n", prefix, program.name);
}

}  // namespace quipu::reference
