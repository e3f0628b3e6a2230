// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "core/config/options.h"

namespace quipu::searchd {

/// The command line of quipu-searchd.
const config::Program& SearchdProgram();

}  // namespace quipu::searchd
