// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/command.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string_view>
#include <thread>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "core/base/nearest.h"

namespace quipu::command {

Result<const config::Index*> FindIndex(const config::Config& config, const std::string& name) {
  if (const auto place = config.indexes.find(name); place != config.indexes.end()) return &place->second;
  std::vector<std::string_view> known;
  for (const auto& [other, index] : config.indexes) known.push_back(other);
  std::string message = fmt::format("there is no index `{}` in {}", name, config.file.string());
  if (const std::string_view nearest = Nearest(name, known); !nearest.empty()) {
    message += fmt::format("; did you mean `{}`?", nearest);
  } else if (!known.empty()) {
    message += fmt::format("; there are: {}", fmt::join(known, ", "));
  }
  return Error{Code::kUsage, message};
}

Result<std::vector<const config::Index*>> FindIndexes(const config::Config& config,
                                                      const std::vector<std::string>& names) {
  std::vector<const config::Index*> indexes;
  if (names.empty()) {
    for (const auto& [name, index] : config.indexes) indexes.push_back(&index);
    return indexes;
  }
  for (const std::string& name : names) {
    auto index = FindIndex(config, name);
    if (!index) return index.error();
    if (std::find(indexes.begin(), indexes.end(), *index) == indexes.end()) indexes.push_back(*index);
  }
  return indexes;
}

int Jobs(const Context& context) {
  const int cores = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const int configured = context.config.indexer.jobs > 0 ? context.config.indexer.jobs : cores;
  return static_cast<int>(context.line.Number("jobs", configured));
}

void Complain(const std::string& message) { fmt::print(stderr, "quipu-indexer: {}\n", message); }

void Print(const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  std::fflush(stdout);
}

std::string Now() { return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::time(nullptr))); }

}  // namespace quipu::command
