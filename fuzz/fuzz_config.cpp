// SPDX-License-Identifier: GPL-2.0-or-later
// quipu.toml from anyone: no input throws, every fault has a place inside the text and prints as one
// line, and a configuration without faults is one that the programs can use.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/config/config.h"
#include "core/config/listen_address.h"

namespace {

namespace config = quipu::config;

std::optional<std::string> NoEnvironment(const char*) { return std::nullopt; }

void Require(bool holds) {
  if (!holds) std::abort();
}

void CheckFault(const config::Fault& fault, std::ptrdiff_t lines) {
  Require(fault.line >= 1 && fault.line <= lines + 1 && fault.column >= 1);
  Require(!fault.message.empty());
  const std::string line = config::Describe(fault, "quipu.toml");
  Require(
      std::none_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }));
}

void CheckConfig(const config::Config& config) {
  Require(config.data_dir.is_absolute());
  Require(config.searchd.listen.empty() || config::ParseListenAddress(config.searchd.listen).ok());
  for (const auto& [name, index] : config.indexes) {
    Require(!name.empty() && name.size() <= 64 && name == index.name);
    Require(name.find('/') == std::string::npos && name.find('.') == std::string::npos);
    for (const config::Source& source : index.sources) {
      Require(!source.path.empty() || !source.url.empty());
      Require(source.path.empty() || source.path == "-" || source.path.is_absolute());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view toml(reinterpret_cast<const char*>(data), size);
  const config::Loaded loaded = config::Parse(toml, "/etc/quipu/quipu.toml", NoEnvironment);
  const std::ptrdiff_t lines = std::count(toml.begin(), toml.end(), '\n') + 1;
  for (const config::Fault& fault : loaded.faults) CheckFault(fault, lines);
  if (loaded.faults.empty()) CheckConfig(loaded.config);
  return 0;
}
