// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/index_run.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "core/index/failure.h"
#include "core/index/index_metadata.h"
#include "indexer/job/carry_over.h"
#include "indexer/job/step_runner.h"
#include "indexer/report/summary.h"
#include "indexer/source/open_sources.h"
#include "indexer/source/source_name.h"

namespace quipu::job {
namespace {

using Clock = std::chrono::steady_clock;

RunResult End(Ending ending, std::string message) {
  RunResult result;
  result.ending = ending;
  result.message = std::move(message);
  return result;
}

RunResult Interrupted() { return End(Ending::kInterrupted, "the next run resumes"); }

schema::ValueType ValueTypeOf(config::FieldType type) {
  switch (type) {
    case config::FieldType::kString: return schema::ValueType::kString;
    case config::FieldType::kNumber: return schema::ValueType::kNumber;
    case config::FieldType::kBoolean: return schema::ValueType::kBoolean;
    case config::FieldType::kDate: return schema::ValueType::kDate;
  }
  return schema::ValueType::kString;
}

Ending EndingOf(Code code) {
  switch (code) {
    case Code::kConfig:
    case Code::kUsage: return Ending::kMisused;
    case Code::kIndexLocked: return Ending::kLocked;
    case Code::kGuardRefused: return Ending::kRefused;
    case Code::kInterrupted: return Ending::kInterrupted;
    default: return Ending::kFailed;
  }
}

/// While it lives, the lock of the index tells `status` how far the job is.
class Noting {
 public:
  Noting(report::Progress& progress, index::IndexJob& job) : progress_(progress) {
    progress_.Tell([&job, started_at = index::CurrentTime()](const report::ProgressState& state) {
      job.Note(report::RenderRunningJob(state, started_at));
    });
  }
  ~Noting() { progress_.Tell({}); }
  Noting(const Noting&) = delete;
  Noting& operator=(const Noting&) = delete;

 private:
  report::Progress& progress_;
};

}  // namespace

IndexRun::IndexRun(const config::Config& config, const config::Index& index, RunSettings settings,
                   RunSurroundings surroundings)
    : config_(config),
      index_(index),
      settings_(settings),
      surroundings_(std::move(surroundings)),
      record_(index.name, surroundings_.report) {}

RunResult IndexRun::Run() {
  const auto began = Clock::now();
  RunResult result;
  try {
    result = Job();
  } catch (...) {
    result = End(Ending::kFailed, index::DescribeFailure());
  }
  record_.Release(result.counts.shortened);
  surroundings_.progress.End();
  result.seconds = std::chrono::duration<double>(Clock::now() - began).count();
  return result;
}

RunResult IndexRun::Job() {
  auto sources = source::OpenSources(config_, index_);
  if (!sources) return End(EndingOf(sources.error().code), sources.error().message);
  sources_ = std::move(sources).value();
  if (!index_.relevance_file.empty()) {
    auto relevance = RelevanceCheck::Load(index_.relevance_file);
    if (!relevance) return End(EndingOf(relevance.error().code), relevance.error().message);
    relevance_ = std::move(relevance).value();
  }
  // The lock comes before the scan: what another job adds meanwhile would look gone.
  auto job = index::IndexJob::Begin(config_.data_dir / index_.name, Options());
  if (!job) return End(EndingOf(job.error().code), job.error().message);
  return WithLock(**job);
}

index::JobOptions IndexRun::Options() const {
  index::JobOptions options;
  options.rebuild = settings_.rebuild;
  options.title = index_.title;
  options.languages = index_.languages;
  options.threads = std::max(1, settings_.jobs);
  for (const auto& [name, type] : index_.fields) options.field_types[name] = ValueTypeOf(type);
  for (const auto& source : sources_) options.fingerprint += source->mark() + "\n";
  options.translation_folders = index_.translations == config::TranslationRule::kFolders;
  if (options.translation_folders) options.fingerprint += "translation folders\n";
  return options;
}

RunResult IndexRun::WithLock(index::IndexJob& job) {
  const Noting noting(surroundings_.progress, job);
  if (auto ended = Prepare(job)) return *std::move(ended);
  Write(job);
  if (surroundings_.stop.stop_requested()) {
    job.Suspend();
    return Interrupted();
  }
  if (auto refusal = Refusal(plan_.GoneDocuments() - plan_.moved + lost_)) {
    job.Discard();
    return End(Ending::kRefused, *std::move(refusal));
  }
  return Publish(job);
}

/// Up to the plan; a result if the job ends here.
std::optional<RunResult> IndexRun::Prepare(index::IndexJob& job) {
  surroundings_.progress.Begin(index_.name, "scanning", 0);
  ReadPublished();
  // A rebuild starts from nothing, yet what disappears by it is measured against what is published.
  manifest_ = !settings_.rebuild ? job.Manifest()
              : published_       ? published_->Manifest()
                                 : decltype(manifest_){};
  auto inventory = TakeInventory(sources_, ScanOf(manifest_));
  if (surroundings_.stop.stop_requested()) return Interrupted();
  if (!inventory) return End(EndingOf(inventory.error().code), inventory.error().message);
  inventory_ = std::move(inventory).value();
  plan_ = MakePlan(inventory_, sources_, manifest_, settings_.rebuild);
  FindMoves(plan_, [&](const Item& item) { return sources_[item.source]->ContentHash(item.found); });
  CountEarlierLosses(job);
  if (auto refusal = Refusal(plan_.GoneDocuments() - plan_.moved + lost_)) {
    if (job.Resumed()) job.Discard();
    return End(Ending::kRefused, *std::move(refusal));
  }
  std::uint64_t changes = plan_.steps.size() + plan_.gone.size();
  for (const Step& step : plan_.steps) changes += plan_.MembersOf(step.item->found.id).size();
  job.Expect(changes);
  return std::nullopt;
}

source::Scan IndexRun::ScanOf(std::span<const index::ManifestEntry> manifest) {
  source::Scan scan;
  scan.known = manifest;
  scan.reread = settings_.rebuild;
  scan.extract = surroundings_.extract;
  scan.stop = surroundings_.stop;
  scan.progress = [this](std::string_view id, std::uint64_t bytes, bool problem) {
    surroundings_.progress.Starting(id);
    surroundings_.progress.Finished(bytes, problem);
  };
  return scan;
}

/// Unfinished shards may lack documents that the job which began them had already given up. They are
/// published still, so they vanish by this job.
void IndexRun::CountEarlierLosses(const index::IndexJob& job) {
  if (!job.Resumed() || !published_) return;
  std::unordered_set<std::string_view> alive;
  for (const index::ManifestEntry& entry : manifest_) {
    if (IsDocument(entry)) alive.insert(entry.id);
  }
  for (const Step& step : plan_.steps) alive.insert(step.item->found.id);
  std::uint64_t published = 0;
  for (const index::ManifestEntry& entry : published_->Manifest()) {
    if (!IsDocument(entry)) continue;
    ++published;
    // The members of a file that is read again are counted when it has been.
    if (!alive.contains(entry.id) && !alive.contains(entry.container)) ++lost_;
  }
  plan_.documents_before = std::max(plan_.documents_before, published);
}

void IndexRun::ReadPublished() {
  published_.reset();
  auto reader = index::IndexReader::Open(config_.data_dir / index_.name);
  // None, or none that this version can read: then there is nothing to compare with.
  if (reader) published_.emplace(std::move(reader).value());
}

void IndexRun::Write(index::IndexJob& job) {
  surroundings_.progress.Begin(index_.name, "reading", plan_.steps.size());
  RecordWhatIsKnown();
  RenewMemos(job);
  for (const index::ManifestEntry* entry : plan_.gone) {
    wrote_ = true;
    job.Delete(entry->id);
    if (!IsDocument(*entry)) continue;
    report::Line line = LineOf(*entry);
    line.outcome = report::Outcome::kDeleted;
    line.reason.clear();
    record_.Add(line);
  }
  if (settings_.rebuild && published_) CarryOver(*published_, ToCarry(), job, surroundings_.stop);
  StepRunner::Parts parts{
      job,    sources_,   surroundings_.extract, record_, surroundings_.progress, surroundings_.stop,
      &plan_, &inventory_};
  if (settings_.rebuild && published_) {
    parts.carry = [&](std::span<const index::ManifestEntry> entries) {
      CarryOver(*published_, entries, job, surroundings_.stop);
    };
  }
  StepRunner runner(std::move(parts));
  // One more than extract at once, so that one can be written meanwhile.
  runner.Run(plan_.steps, settings_.jobs + 1);
  lost_ += runner.lost();
  wrote_ = wrote_ || runner.wrote();
}

/// A page may be what it was, and yet be asked for in another way the next time.
void IndexRun::RenewMemos(index::IndexJob& job) {
  for (const Kept& kept : plan_.unchanged) {
    if (kept.item->found.memo == kept.before->memo) continue;
    index::ManifestEntry entry = *kept.before;
    entry.memo = kept.item->found.memo;
    wrote_ = true;
    IsDocument(entry) ? job.Touch(std::move(entry)) : job.Record(std::move(entry));
  }
}

std::vector<index::ManifestEntry> IndexRun::ToCarry() const {
  std::vector<index::ManifestEntry> entries;
  for (const index::ManifestEntry* entry : plan_.out_of_sight) entries.push_back(*entry);
  for (const index::ManifestEntry* entry : plan_.unread) entries.push_back(*entry);
  for (const index::ManifestEntry& entry : manifest_) {
    if (!entry.source.empty()) continue;
    const auto place =
        std::lower_bound(inventory_.items.begin(), inventory_.items.end(), entry.id,
                         [](const Item& item, const std::string& id) { return item.found.id < id; });
    if (place == inventory_.items.end() || place->found.id != entry.id) entries.push_back(entry);
  }
  return entries;
}

report::Line IndexRun::LineOf(const index::ManifestEntry& entry) const {
  report::Line line;
  line.id = entry.id;
  line.outcome = IsDocument(entry) ? report::Outcome::kUnchanged : report::FromName(entry.state);
  line.reason = entry.reason;
  line.source = source::NameOfMark(entry.source);
  return line;
}

/// The lines of what is not read: unchanged files, and what is in the way.
void IndexRun::RecordWhatIsKnown() {
  for (const ItemProblem& problem : inventory_.problems) {
    report::Line line;
    line.id = problem.problem.id;
    line.outcome = report::FromState(problem.problem.state);
    line.reason = problem.problem.reason;
    line.source = sources_[problem.source]->name();
    record_.Add(line);
  }
  for (const Kept& kept : plan_.unchanged) {
    record_.Add(LineOf(*kept.before));
    for (const index::ManifestEntry* member : plan_.MembersOf(kept.before->id)) record_.Add(LineOf(*member));
  }
  for (const index::ManifestEntry* entry : plan_.out_of_sight) record_.Add(LineOf(*entry));
}

std::optional<std::string> IndexRun::Refusal(std::uint64_t vanished) const {
  const VanishGuard guard{settings_.max_vanish_percent.value_or(index_.max_vanish_percent)};
  return guard.Refusal(vanished, plan_.documents_before);
}

bool IndexRun::NothingToPublish(index::IndexJob& job) const {
  if (wrote_ || settings_.rebuild || job.Resumed() || !published_) return false;
  const index::IndexFacts facts = published_->Facts();
  return facts.fingerprint == Options().fingerprint && facts.title == index_.title &&
         (index_.languages.empty() || facts.languages == index_.languages);
}

RunResult IndexRun::Publish(index::IndexJob& job) {
  RunResult result;
  result.ending = Ending::kDone;
  if (NothingToPublish(job)) {
    const index::IndexFacts facts = published_->Facts();
    result.counts.documents = facts.documents;
    result.counts.generation = facts.generation;
    return result;
  }
  surroundings_.progress.Begin(index_.name, "publishing", 0);
  published_.reset();
  const auto counts = job.PublishIf([&](index::IndexReader& reader) {
    return relevance_ ? relevance_->Run(reader, index_.languages) : Status(Done{});
  });
  if (!counts) return End(EndingOf(counts.error().code), counts.error().message);
  result.counts = *counts;
  result.published = true;
  return result;
}

IndexRun::DryRun IndexRun::Foresee() {
  DryRun dry;
  try {
    Foresee(dry);
  } catch (...) {
    dry.ending = Ending::kFailed;
    dry.message = index::DescribeFailure();
  }
  surroundings_.progress.End();
  return dry;
}

void IndexRun::Foresee(DryRun& dry) {
  const auto give_up = [&](const Error& error) {
    dry.ending = EndingOf(error.code);
    dry.message = error.message;
  };
  auto sources = source::OpenSources(config_, index_);
  if (!sources) return give_up(sources.error());
  sources_ = std::move(sources).value();
  for (const auto& source : sources_) dry.source_names.push_back(source->name());
  surroundings_.progress.Begin(index_.name, "scanning", 0);
  ReadPublished();
  if (published_) dry.manifest = published_->Manifest();
  auto inventory = TakeInventory(sources_, ScanOf(dry.manifest));
  if (surroundings_.stop.stop_requested()) return give_up({Code::kInterrupted, "interrupted"});
  if (!inventory) return give_up(inventory.error());
  dry.inventory = std::move(inventory).value();
  dry.plan = MakePlan(dry.inventory, sources_, dry.manifest, settings_.rebuild);
  const auto hash = [&](const Item& item) { return sources_[item.source]->ContentHash(item.found); };
  FindMoves(dry.plan, hash);
  FindSame(dry.plan, hash);
  dry.ending = Ending::kDone;
}

}  // namespace quipu::job
