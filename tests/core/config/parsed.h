// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/config/config.h"

namespace quipu::config {

inline std::optional<std::string> NoEnvironment(const char*) { return std::nullopt; }

/// `toml` read as if it stood in /etc/quipu/quipu.toml, with no environment.
inline Loaded Parsed(std::string_view toml) { return Parse(toml, "/etc/quipu/quipu.toml", NoEnvironment); }

/// The faults of `toml`, one a line, as `check` prints them.
inline std::string FaultsOf(std::string_view toml) {
  std::string lines;
  for (const Fault& fault : Parsed(toml).faults) lines += Describe(fault, "quipu.toml") + "\n";
  return lines;
}

}  // namespace quipu::config
