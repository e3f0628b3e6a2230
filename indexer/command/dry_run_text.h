// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>

#include "core/config/config.h"
#include "indexer/job/index_run.h"
#include "indexer/job/vanish_guard.h"
#include "indexer/report/report_file.h"

namespace quipu::command {

/// What `run --dry-run` prints: the counts, the first files of each kind, and whether the guard would refuse.
std::string RenderPlan(const config::Index& index, const job::IndexRun::DryRun& dry,
                       const job::VanishGuard& guard);

/// Every file of the plan, in the report.
void ReportPlan(const config::Index& index, const job::IndexRun::DryRun& dry, report::ReportFile& report);

}  // namespace quipu::command
