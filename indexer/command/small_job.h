// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <filesystem>
#include <memory>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/index/index_job.h"
#include "indexer/job/ending.h"

namespace quipu::command {

/// A job that works in place, for `add` and `delete`.
Result<std::unique_ptr<index::IndexJob>> BeginSmallJob(const std::filesystem::path& root,
                                                       const config::Index& index);

/// Publishes, if the index's relevance checks (if it has any) hold.
Result<index::JobCounts> PublishSmallJob(index::IndexJob& job, const config::Index& index);

/// Prints the error and gives the exit code for it.
job::Ending Tell(const Error& error);

}  // namespace quipu::command
