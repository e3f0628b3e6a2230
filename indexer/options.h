// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/config/options.h"

namespace quipu {

/// The command line of quipu-indexer: the one table from which parsing and `--help` come, and against which
/// docs/commands.md is tested.
const config::Program& IndexerProgram();

}  // namespace quipu
