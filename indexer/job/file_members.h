// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>

#include "core/index/index_job.h"
#include "indexer/job/plan.h"
#include "indexer/job/record.h"

namespace quipu::job {

/// The members of one file of a step, as they come while it is read: each is put into the index at once, and
/// what the file had before and has no more is removed at the end. Used by one thread.
class FileMembers {
 public:
  struct Parts {
    index::IndexJob& job;
    const Sources& sources;
    Record& record;
    const Plan* plan = nullptr;            // may be null: nothing was known
    const Inventory* inventory = nullptr;  // may be null
  };
  FileMembers(const Parts& parts, const Step& step) : parts_(parts), step_(step) {}

  void Take(const std::string& path, extract::Extracted extracted);

  /// The file was read to its end: what was not taken is gone.
  void RemoveOthers();
  /// The file stays as it is: so do its members, which the report says.
  void KeepAll();

  std::uint64_t count() const { return taken_.size(); }
  /// What the index remembers of the file's members.
  const std::vector<const index::ManifestEntry*>& Before() const;
  /// Documents that were in the index and are no more.
  std::uint64_t lost() const { return lost_; }

 private:
  bool IsTaken(const std::string& id) const;

  Parts parts_;
  const Step& step_;
  std::unordered_set<std::string> taken_;
  std::uint64_t lost_ = 0;
};

}  // namespace quipu::job
