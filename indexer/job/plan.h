// SPDX-License-Identifier: GPL-2.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/index/index_job.h"
#include "indexer/job/inventory.h"

namespace quipu::job {

enum class Change { kNew, kChanged, kMoved, kUnchanged, kGone };
std::string_view Name(Change change);

/// One file or line to be read.
struct Step {
  const Item* item = nullptr;
  const index::ManifestEntry* before = nullptr;  // what the index knows under this id, if anything
  Change change = Change::kNew;
  bool may_be_same = false;  // the same content would give the same document
};

/// What a file that stays as it is gave before.
struct Kept {
  const Item* item = nullptr;
  const index::ManifestEntry* before = nullptr;
};

/// What the index remembers of the members of files (in archives, mailboxes, mails), by the file's id.
using Members = std::unordered_map<std::string_view, std::vector<const index::ManifestEntry*>>;

/// What a job has to do. Points into the inventory and the manifest that it was made from.
struct Plan {
  std::vector<Step> steps;  // new, changed, moved; in order of id
  std::vector<Kept> unchanged;
  std::vector<const index::ManifestEntry*> gone;          // to be forgotten; documents or not
  std::vector<const index::ManifestEntry*> out_of_sight;  // in folders that cannot be read now: kept
  Members members;
  std::vector<const index::ManifestEntry*> unread;        // there, but not to be had today: kept
  std::uint64_t documents_before = 0;
  std::uint64_t moved = 0;  // of `gone`, documents that live on under another id

  /// The members of the file with this id.
  const std::vector<const index::ManifestEntry*>& MembersOf(std::string_view id) const;
  std::uint64_t Count(Change change) const;
  std::uint64_t GoneDocuments() const;
};

/// Whether the entry stands for a document in the index.
bool IsDocument(const index::ManifestEntry& entry);

/// Compares what there is with what the index knows. A file is unchanged if its mtime and size (a line: its
/// hash) are what they were when it was read, and its members are all there; nothing is opened to know it.
/// Entries of no source (put there by `add`) are left alone unless a file now has their id. With `reread` all
/// are steps.
Plan MakePlan(const Inventory& inventory, const Sources& sources,
              std::span<const index::ManifestEntry> manifest, bool reread);

/// Recognises new files that are gone ones under another name: same size and content. Their members move with
/// them. `hash` is asked for new files of such a size only.
using HashFunction = std::function<std::optional<source::Hash>(const Item&)>;
void FindMoves(Plan& plan, const HashFunction& hash);

/// Recognises changed files that only look so: same size and content. A run finds that when it reads them; a
/// dry run asks.
void FindSame(Plan& plan, const HashFunction& hash);

}  // namespace quipu::job
