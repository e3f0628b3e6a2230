// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/small_job.h"

#include "indexer/command/command.h"
#include "indexer/job/relevance_check.h"

namespace quipu::command {

Result<std::unique_ptr<index::IndexJob>> BeginSmallJob(const std::filesystem::path& root,
                                                       const config::Index& index) {
  index::JobOptions options;
  options.small_change = true;
  options.title = index.title;
  options.languages = index.languages;
  options.translation_folders = index.translations == config::TranslationRule::kFolders;
  return index::IndexJob::Begin(root, options);
}

Result<index::JobCounts> PublishSmallJob(index::IndexJob& job, const config::Index& index) {
  if (index.relevance_file.empty()) return job.Publish();
  const auto check = job::RelevanceCheck::Load(index.relevance_file);
  if (!check) return check.error();
  return job.PublishIf([&](index::IndexReader& reader) { return check->Run(reader, index.languages); });
}

job::Ending Tell(const Error& error) {
  Complain(error.message);
  switch (error.code) {
    case Code::kIndexLocked: return job::Ending::kLocked;
    case Code::kGuardRefused: return job::Ending::kRefused;
    case Code::kConfig:
    case Code::kUsage: return job::Ending::kMisused;
    default: return job::Ending::kFailed;
  }
}

}  // namespace quipu::command
