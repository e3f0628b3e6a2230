// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "core/config/options.h"

namespace quipu::reference {

/// What stands at the foot of a page.
struct Edition {
  std::string_view version;
  std::string_view date;  // "2026-11-30"; anything that is no day is left out
};

/// The page of section 1 for `program`, in man(7): every command with its options, exit codes, examples.
std::string ManualPage(const config::Program& program, const Edition& edition);

/// The page of section 5 for quipu.toml, from the table of its keys.
std::string ConfigurationPage(const Edition& edition);

}  // namespace quipu::reference
