// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/config/config.h"
#include "core/config/options.h"

namespace quipu::searchd {

/// Each returns the exit code: 0 done, 1 failed, 2 usage or configuration.
int Serve(const config::CommandLine& line, config::Config config);
int Query(const config::CommandLine& line, const config::Config& config);
int Check(const config::Config& config);

/// Reads the command line and the configuration, then does what they say.
int Main(int argc, const char* const* argv);

/// The configuration file with the flags of `line` laid over it.
config::Loaded LoadConfig(const config::CommandLine& line);

/// `key new`, `key list` and `key revoke ID`. Exit codes: 0, 1 if the file cannot be written, 2 for a fault
/// of the command line or of the keys file.
int Keys(const config::CommandLine& line, const config::Config& config);

}  // namespace quipu::searchd
