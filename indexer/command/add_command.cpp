// SPDX-License-Identifier: GPL-2.0-or-later
#include <fmt/format.h>

#include "core/index/index_job.h"
#include "indexer/command/command.h"
#include "indexer/command/extraction.h"
#include "indexer/command/small_job.h"
#include "indexer/job/record.h"
#include "indexer/report/progress_line.h"
#include "indexer/source/content_hash.h"
#include "indexer/source/json_document.h"
#include "indexer/source/line_file.h"

namespace quipu::command {
namespace {

using job::Ending;

/// Puts lines into a job. Lines that give no document are told and passed over.
class Adding {
 public:
  Adding(index::IndexJob& job, source::ExtractFunction extract, job::Record& record)
      : job_(job), extract_(std::move(extract)), record_(record) {}

  void Take(const source::LineFile::Line& line) {
    if (line.text.find_first_not_of(" \t\r") == std::string_view::npos) return;
    extract::Extracted result;
    if (line.bytes > line.text.size()) {
      result.reason = "the line is longer than 64 MiB";
    } else {
      result = source::ReadJsonDocument(line.text, {}, extract_);
    }
    report::Line told;
    told.id = result.document.id.empty() ? fmt::format("line {}", line.number) : result.document.id;
    told.outcome = report::FromState(result.state);
    told.reason = result.reason;
    told.ms = result.elapsed.count();
    told.bytes = line.bytes;
    told.was_read = true;
    record_.AddDocument(told, result.document.body.size());
    if (result.state == extract::State::kIndexed || result.state == extract::State::kTruncated) {
      Put(std::move(result), line);
    } else {
      ++bad_;
      Complain(fmt::format("line {}: {}", line.number, result.reason));
    }
  }

  std::uint64_t added() const { return added_; }
  std::uint64_t bad() const { return bad_; }

 private:
  void Put(extract::Extracted result, const source::LineFile::Line& line) {
    index::ManifestEntry entry;
    entry.id = result.document.id;
    entry.state = extract::StateName(result.state);
    entry.reason = result.reason;
    entry.stamp.size = line.bytes;
    entry.stamp.hash = source::HashOf(line.text);
    job_.Put(std::move(result.document), std::move(entry));
    ++added_;
  }

  index::IndexJob& job_;
  source::ExtractFunction extract_;
  job::Record& record_;
  std::uint64_t added_ = 0;
  std::uint64_t bad_ = 0;
};

/// Reads and puts all lines, then publishes. False from the file: it could not be read to its end.
Ending AddLines(const Context& context, const config::Index& index, const source::LineFile& file,
                report::ReportFile* report) {
  auto job = BeginSmallJob(context.config.data_dir / index.name, index);
  if (!job) return Tell(job.error());
  (*job)->Expect(0);
  Extraction extraction(context);
  job::Record record(index.name, report);
  Adding adding(**job, extraction.function(), record);
  const bool complete = file.ForEach([&](const source::LineFile::Line& line) {
    adding.Take(line);
    return !context.interruption.requested();
  });
  if (context.interruption.requested()) {
    Complain(fmt::format("{}: interrupted; nothing was added", index.name));
    return Ending::kInterrupted;
  }
  if (!complete) return Tell({Code::kIo, "the file cannot be read to its end; nothing was added"});
  if (adding.added() == 0) {
    Complain(fmt::format("{}: no document was added, {} lines were wrong", index.name, adding.bad()));
    return adding.bad() > 0 ? Ending::kFailed : Ending::kDone;
  }
  const auto counts = PublishSmallJob(**job, index);
  if (!counts) return Tell(counts.error());
  record.Release(counts->shortened);
  for (const std::string& id : counts->shortened) Complain(fmt::format("{}: {}", id, index::kTooManyTerms));
  Print(fmt::format("{}: added {}, wrong {}; {} in generation {}\n", index.name, adding.added(), adding.bad(),
                    report::RenderCount(counts->documents), counts->generation));
  return Ending::kDone;
}

}  // namespace

Ending Add(const Context& context) {
  const auto index = FindIndex(context.config, context.line.arguments[0]);
  if (!index) return Tell(index.error());
  auto file = source::LineFile::Open(context.line.arguments[1]);
  if (!file) return Tell(file.error());
  std::unique_ptr<report::ReportFile> report;
  if (context.line.Has("report")) {
    auto opened = report::ReportFile::Open(context.line.Get("report"));
    if (!opened) return Tell(opened.error());
    report = std::move(opened).value();
  }
  Ending ending = AddLines(context, **index, *file, report.get());
  if (report != nullptr) {
    if (const Status written = report->Finish(); !written) ending = Worse(ending, Tell(written.error()));
  }
  return ending;
}

}  // namespace quipu::command
