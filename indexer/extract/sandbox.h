// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <vector>

#include "indexer/extract/extractor.h"

namespace quipu::extract {

/// What a test switches off to see the rest hold.
struct SandboxOptions {
  std::uint64_t memory_bytes = 512ULL << 20;
  bool landlock = true;
};

/// Gives up, for good, everything that reading one descriptor and answering on another does not need:
/// limits on memory, files and core dumps; no new privileges; end with the parent; Landlock (read-only
/// access to font, encoding and locale data, nothing else of the file system, no network); a seccomp
/// allowlist. A layer that the kernel lacks is skipped and reported. Call it while there is one thread.
std::vector<SandboxLayer> EnterSandbox(const SandboxOptions& options);

}  // namespace quipu::extract
