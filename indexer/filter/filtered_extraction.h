// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "core/config/config.h"
#include "indexer/extract/extractor.h"
#include "indexer/source/source.h"

namespace quipu::filter {

/// Extraction with what the sandbox cannot do: the user's filters for types that nothing reads (or that the
/// user wants read otherwise), and OCR of pictures and of PDFs without text where the source says so. What
/// these programs give is read in the sandbox like any file. Thread-safe.
class FilteredExtraction {
 public:
  struct Setup {
    source::ExtractFunction extract;  // in the sandbox
    std::vector<config::Filter> filters;
    std::chrono::milliseconds timeout{60000};  // for each program run over a file
    std::stop_token stop;
  };
  explicit FilteredExtraction(Setup setup) : setup_(std::move(setup)) {}

  extract::Extracted Extract(extract::FileTask task) const;

 private:
  extract::Extracted ExtractOpen(const extract::FileTask& task) const;
  const config::Filter* FilterFor(const std::string& name, const std::string& type) const;
  extract::Extracted RunFilter(const config::Filter& filter, const extract::FileTask& task,
                               const std::string& type) const;

  Setup setup_;
};

}  // namespace quipu::filter
