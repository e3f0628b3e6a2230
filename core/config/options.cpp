// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/config/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "core/base/nearest.h"

namespace quipu::config {
namespace {

constexpr std::array<Option, 3> kCommon = {{
    {.name = "config",
     .value = "FILE",
     .meaning = "the configuration (else QUIPU_CONFIG, ./quipu.toml, /etc/quipu/quipu.toml)"},
    {.name = "help", .short_name = 'h', .meaning = "show this help"},
    {.name = "version", .meaning = "show the version"},
}};

Error Usage(std::string message) { return Error{Code::kUsage, std::move(message)}; }

std::string Quoted(std::string_view text) { return "`" + std::string(text) + "`"; }

std::string DidYouMean(std::string_view typed, const std::vector<std::string_view>& known,
                       std::string_view dashes) {
  const std::string_view near = Nearest(typed, known);
  return near.empty() ? "" : "; did you mean " + Quoted(std::string(dashes) + std::string(near)) + "?";
}

std::vector<std::string_view> Split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

/// "auto|bar|none" lists the words allowed, "FILE|-" only describes the value.
bool ListsChoices(std::string_view value) {
  return value.find('|') != std::string_view::npos &&
         std::none_of(value.begin(), value.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// The least and the most arguments that a command may have.
struct ArgumentCount {
  explicit ArgumentCount(const std::vector<Argument>& arguments) : most(arguments.size()) {
    for (const Argument& argument : arguments) {
      if (!argument.optional) ++least;
      if (argument.repeats) unbounded = true;
    }
  }
  std::size_t least = 0;
  std::size_t most = 0;
  bool unbounded = false;
};

class Parser {
 public:
  Parser(const Program& program, std::span<const char* const> words) : program_(program), words_(words) {}

  Result<CommandLine> Parse() {
    for (; at_ < words_.size() && !fault_; ++at_) TakeWord(words_[at_]);
    if (fault_) return *fault_;
    ResolveCommand();
    if (line_.help || line_.version) return line_;
    if (!fault_) CheckCommand();
    if (fault_) return *fault_;
    return line_;
  }

 private:
  void TakeWord(std::string_view word) {
    if (only_arguments_ || word == "-" || !word.starts_with('-')) {
      line_.arguments.emplace_back(word);
    } else if (word == "--") {
      only_arguments_ = true;
      arguments_before_end_ = line_.arguments.size();
    } else if (word.starts_with("--")) {
      TakeLong(word.substr(2));
    } else {
      TakeShort(word.substr(1));
    }
  }

  void TakeLong(std::string_view word) {
    const std::size_t equals = word.find('=');
    const std::string_view name = word.substr(0, equals);
    const Option* option = Find([&](const Option& o) { return o.name == name; });
    if (option == nullptr) {
      std::vector<std::string_view> known;
      for (const Option& o : program_.options) known.push_back(o.name);
      for (const Option& o : kCommon) known.push_back(o.name);
      fault_ = Usage("unknown option " + Quoted("--" + std::string(name)) + DidYouMean(name, known, "--"));
    } else if (equals == std::string_view::npos) {
      Store(*option, std::nullopt);
    } else if (option->value.empty()) {
      fault_ = Usage(Quoted("--" + std::string(name)) + " takes no value");
    } else {
      Store(*option, word.substr(equals + 1));
    }
  }

  void TakeShort(std::string_view letters) {
    while (!letters.empty() && !fault_) {
      const char letter = letters.front();
      letters.remove_prefix(1);
      const Option* option = Find([&](const Option& o) { return o.short_name == letter; });
      if (option == nullptr) {
        fault_ = Usage("unknown option " + Quoted(std::string("-") + letter));
      } else if (option->value.empty() || letters.empty()) {
        Store(*option, std::nullopt);
      } else {
        Store(*option, letters);
        letters = {};
      }
    }
  }

  /// Keeps `option` with the `value` that stood in the same word, or else with the next word.
  void Store(const Option& option, std::optional<std::string_view> value) {
    const std::string shown = Quoted("--" + std::string(option.name));
    if (option.name == "help") line_.help = true;
    if (option.name == "version") line_.version = true;
    std::vector<std::string>& values = line_.options[std::string(option.name)];
    if (option.value.empty()) return;
    if (!value) {
      if (at_ + 1 >= words_.size()) {
        fault_ = Usage(shown + " needs a value: " + std::string(option.value));
        return;
      }
      value = words_[++at_];
    }
    CheckValue(option, *value);
    values.emplace_back(*value);
  }

  void CheckValue(const Option& option, std::string_view value) {
    const std::string shown = Quoted("--" + std::string(option.name));
    if (const auto choices = Choices(option); !choices.empty()) {
      if (std::find(choices.begin(), choices.end(), value) == choices.end()) {
        fault_ = Usage(shown + " must be one of " + std::string(option.value) + ", not " + Quoted(value) +
                       DidYouMean(value, choices, ""));
      }
    } else if (option.max > 0) {
      std::int64_t number = 0;
      const auto [end, failure] = std::from_chars(value.data(), value.data() + value.size(), number);
      const bool whole = failure == std::errc() && end == value.data() + value.size();
      if (!whole || number < option.min || number > option.max) {
        fault_ = Usage(shown + " must be a whole number from " + std::to_string(option.min) + " to " +
                       std::to_string(option.max) + ", not " + Quoted(value));
      }
    }
  }

  template <typename Matches>
  const Option* Find(Matches matches) const {
    for (const Option& option : program_.options) {
      if (matches(option)) return &option;
    }
    for (const Option& option : kCommon) {
      if (matches(option)) return &option;
    }
    return nullptr;
  }

  /// Takes the command's one or two words from the front of the arguments.
  void ResolveCommand() {
    std::vector<std::string>& words = line_.arguments;
    const std::size_t usable = only_arguments_ ? arguments_before_end_ : words.size();
    if (usable > 0 && words[0] == "help") {
      line_.help = true;
      words.erase(words.begin());
      return ResolveCommandOfHelp();
    }
    if (usable == 0) {
      // `--help` alone asks about the program, not about what it does when no command is given.
      if (!line_.help) line_.command = program_.default_command;
      if (line_.command.empty() && !line_.help && !line_.version)
        fault_ = Usage("a command is needed" + SeeHelp());
      return;
    }
    for (const std::size_t length : {std::size_t{2}, std::size_t{1}}) {
      if (usable < length) continue;
      const std::string name = length == 2 ? words[0] + " " + words[1] : words[0];
      if (FindCommand(name) == nullptr) continue;
      line_.command = name;
      words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(length));
      return;
    }
    fault_ = UnknownCommand(words, usable);
  }

  void ResolveCommandOfHelp() {
    std::string name;
    for (const std::string& word : line_.arguments) name += (name.empty() ? "" : " ") + word;
    if (FindCommand(name) != nullptr) line_.command = name;
    line_.arguments.clear();
  }

  Error UnknownCommand(const std::vector<std::string>& words, std::size_t usable) const {
    std::vector<std::string_view> known;
    std::string longer;
    for (const Command& command : program_.commands) {
      known.push_back(command.name);
      if (command.name.starts_with(words[0] + " ")) {
        longer += (longer.empty() ? "" : ", ") + Quoted(command.name);
      }
    }
    if (!longer.empty()) return Usage(Quoted(words[0]) + " needs one more word: " + longer);
    std::string hint = DidYouMean(words[0], known, "");
    if (hint.empty() && usable > 1) hint = DidYouMean(words[0] + " " + words[1], known, "");
    return Usage("unknown command " + Quoted(words[0]) + (hint.empty() ? SeeHelp() : hint));
  }

  void CheckCommand() {
    const Command* command = FindCommand(line_.command);
    if (command == nullptr) return;
    for (const Option& option : program_.options) {
      if (line_.Has(option.name) && !AppliesTo(option, command->name)) {
        fault_ =
            Usage(Quoted("--" + std::string(option.name)) + " does not apply to " + Quoted(command->name));
        return;
      }
    }
    const ArgumentCount expected(ArgumentsOf(*command));
    const std::size_t given = line_.arguments.size();
    if (given < expected.least) {
      fault_ = Usage(Quoted(command->name) + " needs " + std::string(command->arguments));
    } else if (given > expected.most && !expected.unbounded) {
      fault_ = Usage(Quoted(command->name) + " has no use for " + Quoted(line_.arguments[expected.most]));
    }
  }

  const Command* FindCommand(std::string_view name) const {
    for (const Command& command : program_.commands) {
      if (command.name == name) return &command;
    }
    return nullptr;
  }

  std::string SeeHelp() const { return "; see " + Quoted(std::string(program_.name) + " --help"); }

  const Program& program_;
  std::span<const char* const> words_;
  CommandLine line_;
  std::optional<Error> fault_;
  std::size_t at_ = 0;
  std::size_t arguments_before_end_ = 0;
  bool only_arguments_ = false;
};

}  // namespace

std::string CommandLine::Get(std::string_view option, std::string_view otherwise) const {
  const auto found = options.find(option);
  if (found == options.end() || found->second.empty()) return std::string(otherwise);
  return found->second.back();
}

std::int64_t CommandLine::Number(std::string_view option, std::int64_t otherwise) const {
  const std::string text = Get(option);
  std::int64_t number = otherwise;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

Result<CommandLine> ParseCommandLine(const Program& program, std::span<const char* const> words) {
  return Parser(program, words).Parse();
}

std::span<const Option> CommonOptions() { return kCommon; }

std::vector<Argument> ArgumentsOf(const Command& command) {
  constexpr std::string_view kEllipsis = "…";
  std::vector<Argument> arguments;
  for (std::string_view word : Split(command.arguments, ' ')) {
    Argument argument{.optional = word.starts_with('['),
                      .repeats = word.find(kEllipsis) != std::string_view::npos};
    if (argument.optional) word = word.substr(1, word.size() - 2);
    argument.what = argument.repeats ? word.substr(0, word.find(kEllipsis)) : word;
    arguments.push_back(argument);
  }
  return arguments;
}

bool AppliesTo(const Option& option, std::string_view command) {
  const auto names = Split(option.commands, ',');
  return names.empty() || std::find(names.begin(), names.end(), command) != names.end();
}

std::vector<std::string_view> Choices(const Option& option) {
  return ListsChoices(option.value) ? Split(option.value, '|') : std::vector<std::string_view>();
}

}  // namespace quipu::config
