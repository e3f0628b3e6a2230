// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/small_job.h"

#include "indexer/command/command.h"

namespace quipu::command {

Result<std::unique_ptr<index::IndexJob>> BeginSmallJob(const std::filesystem::path& root,
                                                       const config::Index& index) {
  index::JobOptions options;
  options.small_change = true;
  options.title = index.title;
  options.languages = index.languages;
  return index::IndexJob::Begin(root, options);
}

job::Ending Tell(const Error& error) {
  Complain(error.message);
  switch (error.code) {
    case Code::kIndexLocked: return job::Ending::kLocked;
    case Code::kConfig:
    case Code::kUsage: return job::Ending::kMisused;
    default: return job::Ending::kFailed;
  }
}

}  // namespace quipu::command
