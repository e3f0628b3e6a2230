// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include "indexer/extract/extractor.h"

namespace quipu::extract {

struct SyscallFilterOptions {
  bool may_open = true;    // open files for reading (where Landlock says which)
  bool sanitized = false;  // a sanitizer's runtime needs a little more
};

/// Allows this process the system calls that computing, memory, reading and its one socket need. Anything
/// else fails with EPERM, so that a library that tries and can do without goes on.
SandboxLayer FilterSyscalls(const SyscallFilterOptions& options);

}  // namespace quipu::extract
