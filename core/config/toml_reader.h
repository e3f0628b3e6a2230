// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "core/config/config.h"

namespace quipu::config {

/// Reads `toml` into `config`, relative paths against `base`, and adds a Fault for everything in it that
/// the key table does not allow. A syntax error ends the reading; other faults do not.
void ReadToml(std::string_view toml, const std::filesystem::path& base, Config& config,
              std::vector<Fault>& faults);

}  // namespace quipu::config
