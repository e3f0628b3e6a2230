// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/app.h"

#include <unistd.h>

#include <exception>
#include <string>

#include <fmt/format.h>

#include "core/index/failure.h"
#include "indexer/command/command.h"
#include "indexer/options.h"
#include "quipu/version.h"

namespace quipu {
namespace {

using command::Context;
using job::Ending;

struct NamedCommand {
  std::string_view name;
  Ending (*run)(const Context&);
};

constexpr NamedCommand kRunners[] = {
    {"run", command::Run},       {"watch", command::Watch},       {"add", command::Add},
    {"delete", command::Delete}, {"status", command::ShowStatus}, {"evaluate", command::Evaluate},
};

Ending Dispatch(const config::CommandLine& line) {
  const std::filesystem::path file = config::FindConfigFile(line.Get("config"));
  if (file.empty()) {
    command::Complain("no configuration: give --config FILE, set QUIPU_CONFIG, or have ./quipu.toml");
    return Ending::kMisused;
  }
  const config::Loaded loaded = config::Load(file);
  job::Interruption interruption;
  const Context context{line, loaded.config, interruption};
  if (line.command == "check") return command::Check(context, loaded.faults);
  for (const config::Fault& fault : loaded.faults)
    command::Complain(config::Describe(fault, loaded.config.file));
  if (!loaded.faults.empty()) return Ending::kMisused;
  for (const NamedCommand& runner : kRunners) {
    if (runner.name == line.command) return runner.run(context);
  }
  command::Complain(fmt::format("the command `{}` does nothing yet", line.command));
  return Ending::kMisused;
}

/// Xapian 1.4 writes in a destructor when it merges values; if the disk refuses just then, the exception ends
/// the program. The index survives that as it survives SIGKILL, and whoever started us is told what the
/// contract says.
[[noreturn]] void EndAtOnce() {
  if (std::current_exception()) {
    command::Complain(index::DescribeFailure() + "; ended at once, the index is as it was");
  } else {
    command::Complain(
        "the index cannot be written (is the disk full?); ended at once, the index is as it was");
  }
  ::_exit(static_cast<int>(Ending::kFailed));
}

}  // namespace

int RunIndexer(std::span<const char* const> words) {
  std::set_terminate(EndAtOnce);
  const auto line = config::ParseCommandLine(IndexerProgram(), words);
  if (!line) {
    command::Complain(line.error().message);
    return static_cast<int>(Ending::kMisused);
  }
  if (line->help) {
    command::Print(config::HelpText(IndexerProgram(), line->command));
    return 0;
  }
  if (line->version) {
    command::Print(fmt::format("quipu-indexer {} ({})\n", kVersion, kCommitSha));
    return 0;
  }
  try {
    return static_cast<int>(Dispatch(*line));
  } catch (...) {
    command::Complain(index::DescribeFailure());
    return static_cast<int>(Ending::kFailed);
  }
}

}  // namespace quipu
