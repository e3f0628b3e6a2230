// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <functional>
#include <optional>

#include "indexer/extract/extractor.h"
#include "indexer/extract/sandbox.h"
#include "indexer/extract/wire.h"

namespace quipu::extract {

/// The loop of a sandboxed process. `intercept`, where given, answers a task in place of extraction: the
/// tests' own worker program misbehaves with it from inside the sandbox.
struct WorkerSetup {
  SandboxOptions sandbox;
  std::function<std::optional<Extracted>(const TaskMessage&)> intercept;
};
int RunWorker(const WorkerSetup& setup);

}  // namespace quipu::extract
