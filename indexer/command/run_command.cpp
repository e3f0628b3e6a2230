// SPDX-License-Identifier: GPL-2.0-or-later
#include <unistd.h>

#include <memory>

#include <fmt/format.h>

#include "core/index/index_directory.h"
#include "indexer/command/command.h"
#include "indexer/command/dry_run_text.h"
#include "indexer/command/extraction.h"
#include "indexer/job/index_run.h"
#include "indexer/report/summary.h"

namespace quipu::command {
namespace {

using job::Ending;

report::JobFacts FactsOf(const config::Index& index, const job::RunResult& result, std::string started_at) {
  report::JobFacts facts;
  facts.index = index.name;
  facts.ending = job::Name(result.ending);
  facts.message = result.message;
  facts.started_at = std::move(started_at);
  facts.seconds = result.seconds;
  facts.documents = result.counts.documents;
  facts.generation = result.counts.generation;
  facts.published = result.published;
  return facts;
}

/// One `run` over one or more indexes.
class RunCommand {
 public:
  RunCommand(const Context& context, std::unique_ptr<report::ReportFile> report)
      : context_(context),
        report_(std::move(report)),
        report_on_stdout_(context.line.Get("report") == "-"),
        extraction_(context),
        progress_(Style(), STDERR_FILENO) {
    settings_.rebuild = context.line.Has("rebuild");
    settings_.jobs = Jobs(context);
    if (context.line.Has("max-vanish-percent")) {
      settings_.max_vanish_percent = static_cast<double>(context.line.Number("max-vanish-percent", 0));
    }
  }

  Ending All(const std::vector<const config::Index*>& indexes) {
    Ending worst = Ending::kDone;
    for (const config::Index* index : indexes) {
      if (context_.interruption.requested()) {
        worst = Ending::kInterrupted;
        break;
      }
      worst = Worse(worst, context_.line.Has("dry-run") ? Foresee(*index) : One(*index));
    }
    if (report_ == nullptr) return worst;
    if (const Status written = report_->Finish(); !written) {
      Complain(written.error().message);
      worst = Worse(worst, Ending::kFailed);
    }
    return worst;
  }

 private:
  report::ProgressStyle Style() const {
    if (context_.line.Has("quiet")) return report::ProgressStyle::kNone;
    return report::ChooseStyle(context_.line.Get("progress", "auto"), STDERR_FILENO);
  }

  job::RunSurroundings Surroundings() {
    return {extraction_.function(), report_.get(), progress_, context_.interruption.token()};
  }

  Ending One(const config::Index& index) {
    const std::string started_at = Now();
    job::IndexRun run(context_.config, index, settings_, Surroundings());
    const job::RunResult result = run.Run();
    const report::JobFacts facts = FactsOf(index, result, started_at);
    WriteLastJob(index, result.ending, report::RenderLastJob(facts, run.tally()));
    if (result.ending == Ending::kDone) {
      Tell(report::RenderSummary(facts, run.tally()));
    } else {
      Complain(report::RenderSummary(facts, run.tally()));
    }
    return result.ending;
  }

  Ending Foresee(const config::Index& index) {
    job::IndexRun run(context_.config, index, settings_, Surroundings());
    const job::IndexRun::DryRun dry = run.Foresee();
    if (dry.ending != Ending::kDone) {
      Complain(fmt::format("{}: {}", index.name, dry.message));
      return dry.ending;
    }
    if (report_) ReportPlan(index, dry, *report_);
    const job::VanishGuard guard{settings_.max_vanish_percent.value_or(index.max_vanish_percent)};
    Tell(RenderPlan(index, dry, guard));
    return Ending::kDone;
  }

  /// Whoever holds the lock writes the file; a job that could not begin has nothing to say there.
  void WriteLastJob(const config::Index& index, Ending ending, const std::string& json) {
    if (ending == Ending::kLocked || ending == Ending::kMisused) return;
    const index::IndexDirectory directory(context_.config.data_dir / index.name);
    try {
      directory.WriteLastJob(json);
    } catch (const std::exception& error) {  // the job itself ended as it ended
      Complain(fmt::format("{}: last-job.json: {}", index.name, error.what()));
    }
  }

  /// Results go to standard output, unless the report does.
  void Tell(const std::string& text) {
    if (report_on_stdout_) {
      fmt::print(stderr, "{}", text);
    } else {
      Print(text);
    }
  }

  const Context& context_;
  std::unique_ptr<report::ReportFile> report_;
  bool report_on_stdout_;
  Extraction extraction_;
  report::Progress progress_;
  job::RunSettings settings_;
};

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
  return RunCommand(context, std::move(report)).All(*indexes);
}

}  // namespace quipu::command
