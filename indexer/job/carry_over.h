// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/index/index_job.h"
#include "core/index/index_reader.h"

namespace quipu::job {

/// Puts documents of the published index into a job that writes a new generation, as they are: those that
/// no source can give again (from `add`), and those in folders that cannot be read now. Entries without a
/// document are recorded.
void CarryOver(index::IndexReader& from, std::span<const index::ManifestEntry> entries, index::IndexJob& to,
               const std::stop_token& stop);

}  // namespace quipu::job
