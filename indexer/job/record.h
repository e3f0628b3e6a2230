// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstddef>
#include <mutex>
#include <span>
#include <string>
#include <vector>

#include "indexer/report/report_file.h"
#include "indexer/report/tally.h"

namespace quipu::job {

/// Where a job writes down what it did: counts for the summary and, if asked for, the report. Thread-safe.
class Record {
 public:
  /// `report` may be null and must outlive this.
  Record(std::string index, report::ReportFile* report) : index_(std::move(index)), report_(report) {}
  Record(const Record&) = delete;
  Record& operator=(const Record&) = delete;
  /// Writes what is still held.
  ~Record() { Release({}); }

  void Add(const report::Line& line) {
    tally_.Add(line);
    if (report_ != nullptr) report_->Add(index_, line);
  }
  void AddPlanned(const report::Line& line, std::string_view plan) {
    if (report_ != nullptr) report_->AddPlanned(index_, line, plan);
  }

  /// The line of a document with so many bytes of text. That of a long one is held until Release: only when
  /// it has been written is it known whether the index took all of its terms.
  void AddDocument(const report::Line& line, std::size_t text_bytes);
  /// Adds the lines that are held; of those in `shortened` they say that not all of their words are found.
  void Release(std::span<const std::string> shortened);

  const report::Tally& tally() const { return tally_; }
  bool has_report() const { return report_ != nullptr; }

 private:
  std::string index_;
  report::ReportFile* report_;
  report::Tally tally_;
  std::mutex mutex_;
  std::vector<report::Line> held_;
};

}  // namespace quipu::job
