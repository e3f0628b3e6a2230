// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "indexer/extract/extractor.h"

namespace quipu::extract {

/// Restricts this process to reading below `readable` (what does not exist is left out); no writing, no
/// network, no signals to others, as far as the kernel's Landlock version knows them.
SandboxLayer RestrictFiles(const std::vector<std::string>& readable);

}  // namespace quipu::extract
