// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/config/options.h"

namespace quipu {

/// The command line of quipu-indexer: the one table from which parsing, `--help`, the man page and
/// completions come.
const config::Program& IndexerProgram();

}  // namespace quipu
