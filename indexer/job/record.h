// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "indexer/report/report_file.h"
#include "indexer/report/tally.h"

namespace quipu::job {

/// Where a job writes down what it did: counts for the summary and, if asked for, the report.
class Record {
 public:
  /// `report` may be null and must outlive this.
  Record(std::string index, report::ReportFile* report) : index_(std::move(index)), report_(report) {}

  void Add(const report::Line& line) {
    tally_.Add(line);
    if (report_ != nullptr) report_->Add(index_, line);
  }
  void AddPlanned(const report::Line& line, std::string_view plan) {
    if (report_ != nullptr) report_->AddPlanned(index_, line, plan);
  }
  const report::Tally& tally() const { return tally_; }
  bool has_report() const { return report_ != nullptr; }

 private:
  std::string index_;
  report::ReportFile* report_;
  report::Tally tally_;
};

}  // namespace quipu::job
