// SPDX-License-Identifier: GPL-2.0-or-later
#include "searchd/commands.h"

#include <fmt/format.h>

#include <cstdio>
#include <span>

#include "core/config/keys_file.h"
#include "core/config/rule_files.h"
#include "quipu/version.h"
#include "searchd/access.h"
#include "searchd/catalog.h"
#include "searchd/options.h"

namespace quipu::searchd {
namespace {

constexpr int kUsage = 2;

int Complain(std::string_view sentence) {
  fmt::print(stderr, "quipu-searchd: {}\n", sentence);
  return kUsage;
}

/// Prints every fault in an index's files of rules.
bool CheckRules(const config::Index& index) {
  bool right = true;
  const auto check = [&](const std::filesystem::path& file, const std::vector<config::Fault>& faults) {
    for (const config::Fault& fault : faults) fmt::print("{}\n", config::Describe(fault, file));
    right = right && faults.empty();
  };
  check(index.synonyms_file, config::LoadSynonyms(index.synonyms_file).faults);
  check(index.pins_file, config::LoadPins(index.pins_file).faults);
  check(index.stopwords_file, config::LoadStopWords(index.stopwords_file).faults);
  return right;
}

/// A key may well be older than the configuration; it then opens what is left.
void NoteUnknownIndexes(const config::Config& config) {
  for (const config::KeyRule& key : config::LoadKeys(config.searchd.keys_file).rules) {
    for (const std::string& name : key.indexes) {
      if (name == "*" || config.indexes.contains(name)) continue;
      const std::string note =
          fmt::format("key `{}` opens index `{}`, which is not configured", key.id, name);
      fmt::print("note: {}\n", config::Describe({.line = key.line, .column = 1, .message = note},
                                                config.searchd.keys_file));
    }
  }
}

}  // namespace

config::Loaded LoadConfig(const config::CommandLine& line) {
  const std::filesystem::path file = config::FindConfigFile(line.Get("config"));
  if (file.empty()) {
    return {{}, {{0, 0, "no configuration: give --config FILE, set QUIPU_CONFIG, or write ./quipu.toml"}}};
  }
  config::Loaded loaded = config::Load(file);
  if (loaded.faults.empty() && line.Has("listen")) {
    const Status set = config::Override(loaded.config, "searchd.listen", line.Get("listen"));
    if (!set) loaded.faults.push_back({0, 0, "--listen: " + set.error().message});
  }
  return loaded;
}

int Check(const config::Config& config) {
  int exit_code = 0;
  for (const config::Fault& fault : config::CheckPaths(config)) {
    // A source that is missing here may stand on the machine that indexes; searchd serves without it.
    fmt::print("note: {}\n", config::Describe(fault, config.file));
  }
  if (const Status access = CheckAccess(config); !access) {
    fmt::print("{}: {}\n", config.file.string(), access.error().message);
    exit_code = kUsage;
  }
  for (const config::Fault& fault : CheckKeys(config.searchd)) {
    fmt::print("{}\n", config::Describe(fault, config.searchd.keys_file));
    exit_code = kUsage;
  }
  NoteUnknownIndexes(config);
  for (const auto& [name, index] : config.indexes) {
    if (!CheckRules(index)) exit_code = kUsage;
  }
  const auto holdings = OpenHoldings(config);
  for (const auto& [name, index] : holdings->indexes) {
    const auto unavailable = index->Unavailable();
    if (!unavailable) {
      const auto facts = index->Facts();
      fmt::print("index {}: {} documents, generation {}\n", name, facts ? facts->documents : 0,
                 facts ? facts->generation : 0);
      continue;
    }
    fmt::print("index {}: {}\n", name, unavailable->message);
    // Not built yet is how every index begins; another version or damage needs somebody.
    if (unavailable->code == Code::kIndexVersion) exit_code = kUsage;
  }
  if (exit_code == 0) fmt::print("{}: the configuration is right.\n", config.file.string());
  return exit_code;
}

int Main(int argc, const char* const* argv) {
  const config::Program& program = SearchdProgram();
  const std::span<const char* const> words(argv, static_cast<std::size_t>(argc));
  const auto line = config::ParseCommandLine(program, words.subspan(argc > 0 ? 1 : 0));
  if (!line) return Complain(line.error().message);
  if (line->help) {
    fmt::print("{}", config::HelpText(program, line->command));
    return 0;
  }
  if (line->version) {
    fmt::print("quipu-searchd {} ({}, {})\n", kVersion, kCommitSha, kCommitDate);
    return 0;
  }
  const config::Loaded loaded = LoadConfig(*line);
  for (const config::Fault& fault : loaded.faults) Complain(config::Describe(fault, loaded.config.file));
  if (!loaded.faults.empty()) return kUsage;
  if (line->command == "check") return Check(loaded.config);
  if (line->command.starts_with("key ")) return Keys(*line, loaded.config);
  if (line->command == "query") return Query(*line, loaded.config);
  return Serve(*line, loaded.config);
}

}  // namespace quipu::searchd
