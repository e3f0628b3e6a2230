// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <string_view>

namespace quipu::job {

/// How a command ended; the values are the exit codes of the contract, from good to bad.
enum class Ending {
  kDone = 0,
  kFailed = 1,         // the index is as it was
  kMisused = 2,        // command line or configuration
  kRefused = 3,        // a guard refused to publish; the index is as it was
  kLocked = 4,         // another job holds the index
  kInterrupted = 130,  // the next run resumes
};

/// "done", "failed", …, as last-job.json has them.
std::string_view Name(Ending ending);

/// The one that a command over several indexes ends with: the one that says most about what to do. An
/// interruption goes before all else, then misuse, failure, refusal, lock.
Ending Worse(Ending a, Ending b);

}  // namespace quipu::job
