// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <memory>
#include <mutex>

#include "indexer/command/command.h"
#include "indexer/extract/extractor.h"
#include "indexer/filter/filtered_extraction.h"
#include "indexer/source/source.h"

namespace quipu::command {

/// The extraction of one command, filters and OCR included. Its processes are started at the first file, so
/// that a run without changes starts none; killed when the command is interrupted; gone with this object.
class Extraction {
 public:
  explicit Extraction(const Context& context);
  ~Extraction();
  Extraction(const Extraction&) = delete;
  Extraction& operator=(const Extraction&) = delete;

  source::ExtractFunction function();

 private:
  extract::WorkerPool& Pool();

  extract::PoolOptions options_;
  filter::FilteredExtraction filtered_;
  job::Interruption& interruption_;
  std::mutex mutex_;
  std::unique_ptr<extract::WorkerPool> pool_;
};

}  // namespace quipu::command
