// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/report/outcome.h"

namespace quipu::report {

std::string_view Name(Outcome outcome) {
  switch (outcome) {
    case Outcome::kIndexed: return "indexed";
    case Outcome::kUnchanged: return "unchanged";
    case Outcome::kDeleted: return "deleted";
    case Outcome::kEmpty: return "empty";
    case Outcome::kEncrypted: return "encrypted";
    case Outcome::kFailed: return "failed";
    case Outcome::kTruncated: return "truncated";
    case Outcome::kSkipped: return "skipped";
  }
  return "failed";
}

Outcome FromState(extract::State state) {
  switch (state) {
    case extract::State::kIndexed: return Outcome::kIndexed;
    case extract::State::kEmpty: return Outcome::kEmpty;
    case extract::State::kEncrypted: return Outcome::kEncrypted;
    case extract::State::kFailed: return Outcome::kFailed;
    case extract::State::kTruncated: return Outcome::kTruncated;
    case extract::State::kSkipped: return Outcome::kSkipped;
  }
  return Outcome::kFailed;
}

Outcome FromName(std::string_view name) {
  for (const Outcome outcome : kOutcomes) {
    if (Name(outcome) == name) return outcome;
  }
  return Outcome::kFailed;
}

bool IsProblem(Outcome outcome) {
  return outcome == Outcome::kFailed || outcome == Outcome::kEncrypted || outcome == Outcome::kEmpty ||
         outcome == Outcome::kTruncated;
}

}  // namespace quipu::report
