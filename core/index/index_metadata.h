// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <xapian.h>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>

#include "core/index/field_table.h"
#include "core/index/index_job.h"

namespace quipu::index {

/// What all shards of an index share while it is written.
struct SharedState {
  FieldTable fields;
  std::atomic<std::uint64_t> next_text{1};  // 0 means "no text"
  std::mutex large_document;                // held while a very large one is written
};

/// Takes over what `database` knows of fields and text numbers, if it knows more than `state`.
void ReadSharedState(const Xapian::Database& database, SharedState& state);
/// Writes both; part of every commit, so that unfinished shards can be resumed.
void WriteSharedState(Xapian::WritableDatabase& database, const SharedState& state);

/// Writes all that an index says of itself, but for the documents. True if something but the time changed.
bool WriteIndexMetadata(Xapian::WritableDatabase& database, const SharedState& state,
                        const JobOptions& options, const std::string& created_at);
/// Removes all of it: of the shards of an index one has it.
void EraseIndexMetadata(Xapian::WritableDatabase& database);

/// Now, as ISO 8601 in UTC.
std::string CurrentTime();

}  // namespace quipu::index
