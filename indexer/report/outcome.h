// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "indexer/extract/extractor.h"

namespace quipu::report {

/// What a job did with a document or file: the states of the report.
enum class Outcome { kIndexed, kUnchanged, kDeleted, kEmpty, kEncrypted, kFailed, kTruncated, kSkipped };
inline constexpr std::array kOutcomes = {Outcome::kIndexed,   Outcome::kUnchanged, Outcome::kDeleted,
                                         Outcome::kEmpty,     Outcome::kEncrypted, Outcome::kFailed,
                                         Outcome::kTruncated, Outcome::kSkipped};

std::string_view Name(Outcome outcome);
Outcome FromState(extract::State state);
/// The inverse of Name; kFailed for a name that there is not.
Outcome FromName(std::string_view name);

/// Whether a person should hear of it: everything that gave no document, or not all of one. Not `skipped`:
/// that is a format which is not read, said in the report.
bool IsProblem(Outcome outcome);

/// One line of the report.
struct Line {
  std::string id;
  Outcome outcome = Outcome::kIndexed;
  std::string reason;
  std::int64_t ms = 0;
  std::string source;
  std::string type;
  std::string title;
  std::uint64_t bytes = 0;
  bool was_read = false;  // opened in this job, whatever came of it
};

}  // namespace quipu::report
