// SPDX-License-Identifier: GPL-2.0-or-later
#include "packaging/reference/completion.h"

#include <algorithm>

namespace quipu::reference {

const std::string_view kIndexNames =
    R"('s/^[[:space:]]*\[+[[:space:]]*indexes\.("?)([A-Za-z0-9_-]+)\1[].[:space:]].*/\2/p')";

Offer OfferFor(std::string_view what) {
  if (what.starts_with("FILE") || what == "JUDGMENTS") return Offer::kFiles;
  return what == "INDEX" ? Offer::kIndexes : Offer::kNothing;
}

std::vector<config::Option> AllOptions(const config::Program& program) {
  std::vector<config::Option> all(program.options.begin(), program.options.end());
  const auto everywhere = config::CommonOptions();
  all.insert(all.end(), everywhere.begin(), everywhere.end());
  return all;
}

std::vector<std::string> Spellings(const config::Option& option) {
  std::vector<std::string> spellings = {"--" + std::string(option.name)};
  if (option.short_name != 0) spellings.push_back(std::string("-") + option.short_name);
  return spellings;
}

std::vector<CommandFamily> Families(const config::Program& program) {
  std::vector<CommandFamily> families;
  for (const config::Command& command : program.commands) {
    const std::size_t space = command.name.find(' ');
    if (space == std::string_view::npos) continue;
    const std::string_view first = command.name.substr(0, space);
    const auto known = std::find_if(families.begin(), families.end(),
                                    [&](const CommandFamily& family) { return family.first == first; });
    CommandFamily& family =
        known == families.end() ? families.emplace_back(CommandFamily{first, {}}) : *known;
    family.members.push_back(command);
  }
  return families;
}

std::string_view LastWord(std::string_view command) { return command.substr(command.rfind(' ') + 1); }

std::string Quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string(R"('\'')") : std::string(1, c);
  return quoted + "'";
}

std::string QuotedForFish(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + "'";
}

std::string FunctionPrefix(const config::Program& program) {
  std::string name = "_" + std::string(program.name);
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

std::string OptionsWithValue(const config::Program& program, std::string_view separator) {
  std::string pattern;
  for (const config::Option& option : AllOptions(program)) {
    if (option.value.empty()) continue;
    for (const std::string& spelling : Spellings(option)) {
      if (!pattern.empty()) pattern += separator;
      pattern += spelling;
    }
  }
  return pattern;
}

}  // namespace quipu::reference
