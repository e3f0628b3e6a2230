// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "core/index/index_format.h"
#include "core/index/index_reader.h"
#include "indexer/command/command.h"
#include "indexer/extract/extractor.h"
#include "indexer/job/relevance_check.h"
#include "indexer/report/progress_line.h"
#include "indexer/source/open_sources.h"

namespace quipu::command {
namespace {

using job::Ending;

/// Prints every fault; whether there was none.
bool TellFaults(const config::Config& config, const std::vector<config::Fault>& faults) {
  for (const config::Fault& fault : faults) Print(config::Describe(fault, config.file) + "\n");
  return faults.empty();
}

/// What only the indexer knows to be wrong: patterns, types of source that it cannot read, relevance checks.
bool TellSources(const config::Config& config) {
  bool right = true;
  for (const auto& [name, index] : config.indexes) {
    const auto tell = [&](const Error& error) {
      Print(config::Describe({.line = 0, .column = 0, .message = error.message}, config.file) + "\n");
      right = false;
    };
    if (const auto sources = source::OpenSources(config, index); !sources) tell(sources.error());
    std::error_code gone;  // a missing file is told with its place in the configuration
    if (index.relevance_file.empty() || !std::filesystem::exists(index.relevance_file, gone)) continue;
    if (const auto checks = job::RelevanceCheck::Load(index.relevance_file); !checks) tell(checks.error());
  }
  return right;
}

/// How each index is; whether all that exist can be opened. One that was never built is no fault.
bool TellIndexes(const config::Config& config) {
  bool sound = true;
  for (const auto& [name, index] : config.indexes) {
    const std::filesystem::path root = config.data_dir / name;
    std::error_code error;
    if (!std::filesystem::exists(root / "CURRENT", error)) {
      Print(fmt::format("index `{}`: not built yet; `quipu-indexer run {}` builds it\n", name, name));
      continue;
    }
    const auto reader = index::IndexReader::Open(root);
    if (!reader) {
      Print(fmt::format("index `{}`: {}\n", name, reader.error().message));
      sound = false;
      continue;
    }
    const index::IndexFacts facts = reader->Facts();
    Print(fmt::format("index `{}`: sound; {}, generation {}, format version {}\n", name,
                      report::RenderCount(facts.documents), facts.generation, index::kFormatVersion));
  }
  return sound;
}

void TellSandbox() {
  const auto layers = extract::SandboxLayers();
  if (layers.empty()) Print("sandbox: the extraction process does not start\n");
  for (const extract::SandboxLayer& layer : layers) {
    Print(fmt::format("sandbox: {} {}: {}\n", layer.name, layer.active ? "on" : "OFF", layer.detail));
  }
}

}  // namespace

Ending Check(const Context& context, const std::vector<config::Fault>& faults) {
  const config::Config& config = context.config;
  if (!TellFaults(config, faults)) return Ending::kMisused;
  const bool paths = TellFaults(config, config::CheckPaths(config));
  const bool sources = TellSources(config);
  if (paths && sources) Print(fmt::format("{}: right\n", config.file.string()));
  const bool sound = TellIndexes(config);
  TellSandbox();
  if (!paths || !sources) return Ending::kMisused;
  return sound ? Ending::kDone : Ending::kFailed;
}

}  // namespace quipu::command
