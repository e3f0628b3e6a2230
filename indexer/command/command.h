// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/config/config.h"
#include "core/config/options.h"
#include "indexer/job/ending.h"
#include "indexer/job/interruption.h"

namespace quipu::command {

/// What every command works with; all outlive it.
struct Context {
  const config::CommandLine& line;
  const config::Config& config;
  job::Interruption& interruption;
};

job::Ending Run(const Context& context);
job::Ending Watch(const Context& context);
job::Ending Add(const Context& context);
job::Ending Delete(const Context& context);
job::Ending ShowStatus(const Context& context);
job::Ending Evaluate(const Context& context);
/// Takes the faults too, since it is there to tell them.
job::Ending Check(const Context& context, const std::vector<config::Fault>& faults);

/// The index of that name; the error (kUsage) names the nearest known one.
Result<const config::Index*> FindIndex(const config::Config& config, const std::string& name);
/// Those named, or all if none is.
Result<std::vector<const config::Index*>> FindIndexes(const config::Config& config,
                                                      const std::vector<std::string>& names);

/// How many documents are read at once: --jobs, else the configuration, else one a core.
int Jobs(const Context& context);

/// Prints "quipu-indexer: MESSAGE" to standard error.
void Complain(const std::string& message);
void Print(const std::string& text);

/// Now, as ISO 8601 in UTC ("2026-01-31T12:00:00Z").
std::string Now();

}  // namespace quipu::command
