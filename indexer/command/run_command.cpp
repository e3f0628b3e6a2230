// SPDX-License-Identifier: GPL-2.0-or-later
#include <memory>
#include <vector>

#include "indexer/command/command.h"
#include "indexer/command/index_runner.h"

namespace quipu::command {
namespace {

using job::Ending;

Ending RunAll(const Context& context, const std::vector<const config::Index*>& indexes, IndexRunner& runner) {
  Ending worst = Ending::kDone;
  for (const config::Index* index : indexes) {
    if (context.interruption.requested()) return Ending::kInterrupted;
    worst = Worse(worst, context.line.Has("dry-run") ? runner.Foresee(*index) : runner.Run(*index).ending);
  }
  return worst;
}

}  // namespace

Ending Run(const Context& context) {
  const auto indexes = FindIndexes(context.config, context.line.arguments);
  if (!indexes) {
    Complain(indexes.error().message);
    return Ending::kMisused;
  }
  std::unique_ptr<report::ReportFile> report;
  if (context.line.Has("report")) {
    auto opened = report::ReportFile::Open(context.line.Get("report"));
    if (!opened) {
      Complain(opened.error().message);
      return Ending::kMisused;
    }
    report = std::move(opened).value();
  }
  IndexRunner runner(context, report.get());
  Ending worst = RunAll(context, *indexes, runner);
  if (report == nullptr) return worst;
  if (const Status written = report->Finish(); !written) {
    Complain(written.error().message);
    worst = Worse(worst, Ending::kFailed);
  }
  return worst;
}

}  // namespace quipu::command
