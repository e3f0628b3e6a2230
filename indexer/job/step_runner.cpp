// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/step_runner.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "indexer/job/file_members.h"

namespace quipu::job {
namespace {

using source::Reading;

bool WasDocument(const Step& step) { return step.before != nullptr && IsDocument(*step.before); }

}  // namespace

void StepRunner::Run(const std::vector<Step>& steps, int threads) {
  const std::size_t count = std::min(steps.size(), static_cast<std::size_t>(std::max(1, threads)));
  {
    std::vector<std::jthread> crew;
    for (std::size_t i = 0; i < count; ++i) crew.emplace_back([&] { Loop(steps); });
  }
  if (failure_) std::rethrow_exception(failure_);
}

void StepRunner::Loop(const std::vector<Step>& steps) {
  try {
    while (!failing_ && !parts_.stop.stop_requested()) {
      const std::size_t at = next_++;
      if (at >= steps.size()) return;
      Do(steps[at]);
    }
  } catch (...) {  // carried to Run(), which throws it again
    const std::lock_guard lock(mutex_);
    failing_ = true;
    if (!failure_) failure_ = std::current_exception();
  }
}

void StepRunner::Do(const Step& step) {
  parts_.progress.Starting(step.item->found.id);
  FileMembers members({parts_.job, parts_.sources, parts_.record, parts_.plan, parts_.inventory}, step);
  Reading reading = Read(step, members);
  // An extraction that was interrupted looks like a failed one; the next run does it again.
  if (parts_.stop.stop_requested()) return;
  const std::uint64_t bytes = step.item->found.stamp.size;
  const bool problem = reading.kind == Reading::Kind::kUnreadable ||
                       (reading.kind == Reading::Kind::kNothing &&
                        report::IsProblem(report::FromState(reading.extracted.state)));
  switch (reading.kind) {
    case Reading::Kind::kDocument:
      members.RemoveOthers();
      Put(step, std::move(reading), members);
      break;
    case Reading::Kind::kNothing:
      members.RemoveOthers();
      Miss(step, reading, members);
      break;
    case Reading::Kind::kUnchanged:
      members.KeepAll();
      Keep(step, reading);
      break;
    case Reading::Kind::kUnreadable:
      members.KeepAll();
      CannotRead(step, reading, members);
      break;
  }
  lost_ += members.lost();
  parts_.progress.Finished(bytes, problem);
}

Reading StepRunner::Read(const Step& step, FileMembers& members) {
  const auto known = step.may_be_same ? std::optional(step.before->stamp) : std::nullopt;
  std::exception_ptr refused;
  const source::ExtractFunction extract = [&](extract::FileTask task) {
    task.on_member = [&](const std::string& path, extract::Extracted member) {
      if (refused || parts_.stop.stop_requested()) return;
      try {
        wrote_ = true;
        members.Take(path, std::move(member));
      } catch (...) {  // the index's fault, not the file's: thrown again below
        refused = std::current_exception();
      }
    };
    return parts_.extract(std::move(task));
  };
  Reading reading = Read(step, known, extract);
  if (refused) std::rethrow_exception(refused);
  return reading;
}

Reading StepRunner::Read(const Step& step, const std::optional<index::FileStamp>& known,
                         const source::ExtractFunction& extract) const {
  try {
    return parts_.sources[step.item->source]->Read(step.item->found, known, extract);
  } catch (const std::exception& error) {
    Reading reading;
    reading.extracted.reason = std::string("cannot be read: ") + error.what();
    return reading;
  }
}

index::ManifestEntry StepRunner::EntryOf(const Step& step, const Reading& reading) const {
  index::ManifestEntry entry;
  entry.id = step.item->found.id;
  entry.source = parts_.sources[step.item->source]->mark();
  entry.state = extract::StateName(reading.extracted.state);
  entry.reason = reading.extracted.reason;
  entry.stamp = reading.stamp;
  entry.memo = step.item->found.memo;
  return entry;
}

report::Line StepRunner::LineOf(const Step& step, const Reading& reading) const {
  report::Line line;
  line.id = step.item->found.id;
  line.outcome = report::FromState(reading.extracted.state);
  line.reason = reading.extracted.reason;
  line.ms = reading.extracted.elapsed.count();
  line.source = parts_.sources[step.item->source]->name();
  line.type = reading.extracted.document.type;
  line.title = reading.extracted.document.title;
  line.bytes = step.item->found.stamp.size;
  line.was_read = true;
  return line;
}

void StepRunner::Put(const Step& step, Reading reading, const FileMembers& members) {
  const report::Line line = LineOf(step, reading);
  index::ManifestEntry entry = EntryOf(step, reading);
  entry.members = members.count();
  wrote_ = true;
  const std::size_t text_bytes = reading.extracted.document.body.size();
  parts_.job.Put(std::move(reading.extracted.document), std::move(entry));
  parts_.record.AddDocument(line, text_bytes);
}

void StepRunner::Miss(const Step& step, const Reading& reading, const FileMembers& members) {
  if (WasDocument(step)) ++lost_;
  wrote_ = true;
  index::ManifestEntry entry = EntryOf(step, reading);
  entry.members = members.count();
  parts_.job.Record(std::move(entry));
  parts_.record.Add(LineOf(step, reading));
}

void StepRunner::Keep(const Step& step, const Reading& reading) {
  index::ManifestEntry entry = *step.before;
  entry.stamp = reading.stamp;
  entry.memo = step.item->found.memo;
  wrote_ = true;
  report::Line line = LineOf(step, reading);
  line.outcome = IsDocument(entry) ? report::Outcome::kUnchanged : report::FromName(entry.state);
  line.reason = entry.reason;
  if (IsDocument(entry)) {
    parts_.job.Touch(std::move(entry));
  } else {
    parts_.job.Record(std::move(entry));
  }
  parts_.record.Add(line);
}

/// A new generation has nothing of the old one but what is put there.
void StepRunner::CarryOver(const Step& step, const FileMembers& members) {
  std::vector<index::ManifestEntry> entries{*step.before};
  entries.front().stamp = {};  // equals no file: the next run tries again
  for (const index::ManifestEntry* member : members.Before()) entries.push_back(*member);
  wrote_ = true;
  const std::lock_guard lock(carrying_);
  parts_.carry(entries);
}

void StepRunner::CannotRead(const Step& step, const Reading& reading, const FileMembers& members) {
  report::Line line = LineOf(step, reading);
  line.outcome = report::Outcome::kFailed;
  const bool had_members = step.before != nullptr && step.before->members > 0;
  if (WasDocument(step) || had_members) {
    // Nobody knows whether what was indexed still holds; that a disk hiccups is no reason to forget it.
    line.reason += "; the document as indexed before is kept";
    if (parts_.carry) CarryOver(step, members);
  } else {
    index::ManifestEntry entry = EntryOf(step, reading);
    entry.state = extract::StateName(extract::State::kFailed);
    entry.stamp = {};  // equals no file: the next run tries again
    wrote_ = true;
    parts_.job.Record(std::move(entry));
  }
  parts_.record.Add(line);
}

}  // namespace quipu::job
