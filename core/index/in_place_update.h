// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/index/change.h"
#include "core/index/index_job.h"

namespace quipu::index {

/// Does `changes` to a published generation in one transaction: readers see all of them or none, and if
/// anything fails the database is as it was and the exception goes on. Changed settings (title, languages,
/// types of fields) are written too; if nothing at all changed, nothing is committed. If `check` finds
/// something against the result, it is not committed either, and its error returned.
struct InPlaceResult {
  ChangeCounts counts;
  std::uint64_t documents = 0;
  std::vector<std::string> shortened;
};
Result<InPlaceResult> UpdateInPlace(const std::filesystem::path& generation, const JobOptions& options,
                                    const std::vector<Change>& changes, const PublishCheck& check);

}  // namespace quipu::index
