// SPDX-License-Identifier: GPL-2.0-or-later
// Any words: the answer is a usage error, or a command of the table with no more arguments than words.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/config/options.h"

namespace {

namespace config = quipu::config;

constexpr std::array<config::Command, 3> kCommands = {{
    {.name = "run", .arguments = "[INDEX…]", .meaning = "m"},
    {.name = "add", .arguments = "INDEX FILE|-", .meaning = "m"},
    {.name = "key new", .arguments = "", .meaning = "m"},
}};
constexpr std::array<config::Option, 3> kOptions = {{
    {.name = "jobs", .short_name = 'j', .value = "N", .meaning = "m", .min = 1, .max = 8},
    {.name = "progress", .value = "bar|none", .meaning = "m", .commands = "run"},
    {.name = "quiet", .short_name = 'q', .meaning = "m"},
}};
constexpr config::Program kProgram = {
    .name = "fuzz", .summary = "s", .commands = kCommands, .options = kOptions};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> lines(1);
  for (std::size_t i = 0; i < size; ++i) {
    const char c = static_cast<char>(data[i]);
    if (c == '\n') {
      lines.emplace_back();
    } else if (c != '\0') {
      lines.back() += c;
    }
  }
  std::vector<const char*> words;
  words.reserve(lines.size());
  for (const std::string& line : lines) words.push_back(line.c_str());
  const quipu::Result<config::CommandLine> result = config::ParseCommandLine(kProgram, words);
  if (!result.ok()) {
    if (result.error().code != quipu::Code::kUsage || result.error().message.empty()) std::abort();
    return 0;
  }
  const config::CommandLine& line = result.value();
  if (line.help || line.version) return 0;
  if (line.command != "run" && line.command != "add" && line.command != "key new") std::abort();
  if (line.arguments.size() >= words.size()) std::abort();
  if (const std::int64_t jobs = line.Number("jobs", 1); jobs < 1 || jobs > 8) std::abort();
  return 0;
}
