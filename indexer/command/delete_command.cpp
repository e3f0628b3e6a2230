// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "core/index/index_job.h"
#include "core/index/index_reader.h"
#include "indexer/command/command.h"
#include "indexer/command/small_job.h"
#include "indexer/report/progress_line.h"

namespace quipu::command {

using job::Ending;

/// `delete INDEX ID…`: what is not there is said and is no failure, since it is as wished.
Ending Delete(const Context& context) {
  const auto index = FindIndex(context.config, context.line.arguments.front());
  if (!index) {
    Complain(index.error().message);
    return Ending::kMisused;
  }
  const std::filesystem::path root = context.config.data_dir / (*index)->name;
  std::vector<std::string> known;
  auto job = BeginSmallJob(root, **index);
  if (!job) return Tell(job.error());
  auto reader = index::IndexReader::Open(root);
  for (std::size_t i = 1; i < context.line.arguments.size(); ++i) {
    const std::string& id = context.line.arguments[i];
    if (reader && reader->FindDocument(id) != 0) {
      known.push_back(id);
    } else {
      Complain(fmt::format("{}: there is no document `{}`", (*index)->name, id));
    }
  }
  if (known.empty()) return Ending::kDone;
  (*job)->Expect(known.size());
  for (const std::string& id : known) (*job)->Delete(id);
  const auto counts = PublishSmallJob(**job, **index);
  if (!counts) return Tell(counts.error());
  Print(fmt::format("{}: deleted {}, {} left\n", (*index)->name, known.size(),
                    report::RenderCount(counts->documents)));
  return Ending::kDone;
}

}  // namespace quipu::command
