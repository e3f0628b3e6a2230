// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/ending.h"

namespace quipu::job {
namespace {

int Rank(Ending ending) {
  switch (ending) {
    case Ending::kDone: return 0;
    case Ending::kLocked: return 1;
    case Ending::kRefused: return 2;
    case Ending::kFailed: return 3;
    case Ending::kMisused: return 4;
    case Ending::kInterrupted: return 5;
  }
  return 3;
}

}  // namespace

std::string_view Name(Ending ending) {
  switch (ending) {
    case Ending::kDone: return "done";
    case Ending::kFailed: return "failed";
    case Ending::kMisused: return "misused";
    case Ending::kRefused: return "refused";
    case Ending::kLocked: return "locked";
    case Ending::kInterrupted: return "interrupted";
  }
  return "failed";
}

Ending Worse(Ending a, Ending b) { return Rank(a) >= Rank(b) ? a : b; }

}  // namespace quipu::job
