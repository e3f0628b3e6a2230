// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>

namespace quipu::searchd {

/// Whether a process holds a flock() on `file`. Looks it up in /proc/locks: trying the lock, even for a
/// moment, could make the job that wants it fail. False where that cannot be known.
bool IsLocked(const std::filesystem::path& file);

}  // namespace quipu::searchd
