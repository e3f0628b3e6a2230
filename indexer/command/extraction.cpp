// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/command/extraction.h"

#include <utility>

namespace quipu::command {

Extraction::Extraction(const Context& context)
    : filtered_({.extract = [this](extract::FileTask task) { return Pool().Extract(std::move(task)); },
                 .filters = context.config.filters,
                 .timeout = std::chrono::milliseconds(context.config.indexer.file_timeout_ms),
                 .stop = context.interruption.token()}),
      interruption_(context.interruption) {
  options_.workers = Jobs(context);
  options_.file_timeout = std::chrono::milliseconds(context.config.indexer.file_timeout_ms);
  options_.memory_bytes = context.config.indexer.worker_memory_mb << 20U;
}

Extraction::~Extraction() { interruption_.OnStop({}); }

source::ExtractFunction Extraction::function() {
  return [this](extract::FileTask task) { return filtered_.Extract(std::move(task)); };
}

extract::WorkerPool& Extraction::Pool() {
  const std::lock_guard lock(mutex_);
  if (!pool_) {
    pool_ = std::make_unique<extract::WorkerPool>(options_);
    interruption_.OnStop([pool = pool_.get()] { pool->Cancel(); });
  }
  return *pool_;
}

}  // namespace quipu::command
