// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/index_runner.h"

#include <unistd.h>

#include <exception>
#include <utility>

#include <fmt/format.h>

#include "core/index/index_directory.h"
#include "indexer/command/dry_run_text.h"
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

}  // namespace

IndexRunner::IndexRunner(const Context& context, report::ReportFile* report)
    : context_(context),
      report_(report),
      report_on_stdout_(context.line.Get("report") == "-"),
      extraction_(context),
      progress_(Style(), STDERR_FILENO) {
  settings_.rebuild = context.line.Has("rebuild");
  settings_.jobs = Jobs(context);
  if (context.line.Has("max-vanish-percent")) {
    settings_.max_vanish_percent = static_cast<double>(context.line.Number("max-vanish-percent", 0));
  }
}

report::ProgressStyle IndexRunner::Style() const {
  if (context_.line.Has("quiet")) return report::ProgressStyle::kNone;
  return report::ChooseStyle(context_.line.Get("progress", "auto"), STDERR_FILENO);
}

job::RunSurroundings IndexRunner::Surroundings() {
  return {extraction_.function(), report_, progress_, context_.interruption.token()};
}

job::RunResult IndexRunner::Run(const config::Index& index, const std::string* known_problem) {
  const std::string started_at = Now();
  job::IndexRun run(context_.config, index, settings_, Surroundings());
  job::RunResult result = run.Run();
  const report::JobFacts facts = FactsOf(index, result, started_at);
  WriteLastJob(index, result.ending, report::RenderLastJob(facts, run.tally()));
  const bool is_done = result.ending == Ending::kDone;
  if (known_problem != nullptr && (is_done ? !result.published : result.message == *known_problem))
    return result;
  if (is_done) {
    Tell(report::RenderSummary(facts, run.tally()));
  } else {
    Complain(report::RenderSummary(facts, run.tally()));
  }
  return result;
}

Ending IndexRunner::Foresee(const config::Index& index) {
  job::IndexRun run(context_.config, index, settings_, Surroundings());
  const job::IndexRun::DryRun dry = run.Foresee();
  if (dry.ending != Ending::kDone) {
    Complain(fmt::format("{}: {}", index.name, dry.message));
    return dry.ending;
  }
  if (report_ != nullptr) ReportPlan(index, dry, *report_);
  const job::VanishGuard guard{settings_.max_vanish_percent.value_or(index.max_vanish_percent)};
  Tell(RenderPlan(index, dry, guard));
  return Ending::kDone;
}

/// Whoever holds the lock writes the file; a job that could not begin has nothing to say there.
void IndexRunner::WriteLastJob(const config::Index& index, Ending ending, const std::string& json) {
  if (ending == Ending::kLocked || ending == Ending::kMisused) return;
  const index::IndexDirectory directory(context_.config.data_dir / index.name);
  try {
    directory.WriteLastJob(json);
  } catch (const std::exception& error) {  // the job itself ended as it ended
    Complain(fmt::format("{}: last-job.json: {}", index.name, error.what()));
  }
}

/// Results go to standard output, unless the report does.
void IndexRunner::Tell(const std::string& text) {
  if (report_on_stdout_) {
    fmt::print(stderr, "{}", text);
  } else {
    Print(text);
  }
}

}  // namespace quipu::command
