// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/dry_run_text.h"

#include <fmt/format.h>

#include "indexer/report/progress_line.h"
#include "indexer/source/source_name.h"

namespace quipu::command {
namespace {

using job::Change;

constexpr std::size_t kMaxShown = 20;  // of each kind
constexpr int kIdColumns = 100;

class PlanText {
 public:
  void Show(std::string_view kind, const std::string& id) {
    if (++shown_ <= kMaxShown) text_ += fmt::format("    {:<9}  {}\n", kind, report::Fit(id, kIdColumns));
  }
  void EndKind() {
    if (shown_ > kMaxShown)
      text_ += fmt::format("    … and {} more; --report FILE lists them all\n", shown_ - kMaxShown);
    shown_ = 0;
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
  std::size_t shown_ = 0;
};

std::string Files(const job::IndexRun::DryRun& dry) {
  PlanText text;
  for (const Change change : {Change::kNew, Change::kChanged, Change::kMoved}) {
    for (const job::Step& step : dry.plan.steps) {
      if (step.change == change) text.Show(Name(change), step.item->found.id);
    }
    text.EndKind();
  }
  for (const auto* entry : dry.plan.gone) {
    if (job::IsDocument(*entry)) text.Show(Name(Change::kGone), entry->id);
  }
  text.EndKind();
  for (const job::ItemProblem& problem : dry.inventory.problems) {
    text.Show(extract::StateName(problem.problem.state), problem.problem.id + ": " + problem.problem.reason);
  }
  text.EndKind();
  return text.Take();
}

report::Line LineOf(const job::Item& item, const job::IndexRun::DryRun& dry) {
  report::Line line;
  line.id = item.found.id;
  line.source = dry.source_names[item.source];
  line.bytes = item.found.stamp.size;
  return line;
}

}  // namespace

std::string RenderPlan(const config::Index& index, const job::IndexRun::DryRun& dry,
                       const job::VanishGuard& guard) {
  const job::Plan& plan = dry.plan;
  std::string text = fmt::format("{}: plan (nothing was changed)\n", index.name);
  text += Files(dry);
  text += fmt::format("  new {}, changed {}, moved {}, unchanged {}, gone {}", plan.Count(Change::kNew),
                      plan.Count(Change::kChanged), plan.Count(Change::kMoved),
                      plan.Count(Change::kUnchanged), plan.Count(Change::kGone));
  if (plan.moved > 0) text += fmt::format(" ({} of them moved)", plan.moved);
  if (!dry.inventory.problems.empty())
    text += fmt::format(", not readable {}", dry.inventory.problems.size());
  text += "\n";
  if (const auto refusal = guard.Refusal(plan.GoneDocuments() - plan.moved, plan.documents_before)) {
    text += fmt::format("  a run would refuse: {}\n", *refusal);
  }
  return text;
}

void ReportPlan(const config::Index& index, const job::IndexRun::DryRun& dry, report::ReportFile& report) {
  for (const job::Step& step : dry.plan.steps) {
    report.AddPlanned(index.name, LineOf(*step.item, dry), Name(step.change));
  }
  for (const job::Kept& kept : dry.plan.unchanged) {
    report.AddPlanned(index.name, LineOf(*kept.item, dry), Name(Change::kUnchanged));
    for (const index::ManifestEntry* member : dry.plan.MembersOf(kept.item->found.id)) {
      report::Line line;
      line.id = member->id;
      line.source = dry.source_names[kept.item->source];
      report.AddPlanned(index.name, line, Name(Change::kUnchanged));
    }
  }
  for (const auto* entry : dry.plan.gone) {
    if (!job::IsDocument(*entry)) continue;
    report::Line line;
    line.id = entry->id;
    line.source = source::NameOfMark(entry->source);
    report.AddPlanned(index.name, line, Name(Change::kGone));
  }
  for (const job::ItemProblem& problem : dry.inventory.problems) {
    report::Line line;
    line.id = problem.problem.id;
    line.reason = problem.problem.reason;
    line.source = dry.source_names[problem.source];
    report.AddPlanned(index.name, line, extract::StateName(problem.problem.state));
  }
}

}  // namespace quipu::command
