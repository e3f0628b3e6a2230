// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <span>

namespace quipu {

/// The program quipu-indexer with the words of its command line (without its name). Returns the exit code.
int RunIndexer(std::span<const char* const> words);

}  // namespace quipu
