// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "indexer/report/outcome.h"

namespace quipu::report {

/// The report of `run --report FILE`: a JSON object a line, `{"index","id","state","reason","ms","source",
/// "type","title","bytes"}`; what is empty is left out but `index`, `id`, `state` and `ms`. It is written
/// beside its place and renamed at the end, so whoever reads FILE reads a whole report. `-` is standard
/// output; what is no regular file (a pipe) is written at once. Thread-safe.
class ReportFile {
 public:
  static Result<std::unique_ptr<ReportFile>> Open(const std::string& path);
  /// Without Finish() nothing appears at `path`.
  ~ReportFile();
  ReportFile(const ReportFile&) = delete;
  ReportFile& operator=(const ReportFile&) = delete;

  void Add(std::string_view index, const Line& line);
  /// A line of a dry run: `{"index","id","plan","source","bytes"}`.
  void AddPlanned(std::string_view index, const Line& line, std::string_view plan);

  /// Puts the report in its place. The error says why the disk refused.
  Status Finish();

 private:
  ReportFile(std::FILE* file, std::string path, std::string temporary);
  void Write(const std::string& text);

  std::mutex mutex_;
  std::FILE* file_;
  std::string path_;
  std::string temporary_;  // empty: written in place
  bool failed_ = false;
};

}  // namespace quipu::report
