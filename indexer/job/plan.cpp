// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/plan.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <unordered_set>

namespace quipu::job {
namespace {

using index::ManifestEntry;

class Planner {
 public:
  Planner(const Inventory& inventory, const Sources& sources, std::span<const ManifestEntry> manifest)
      : inventory_(inventory), sources_(sources), manifest_(manifest) {
    known_.reserve(manifest.size());
    for (const ManifestEntry& entry : manifest) {
      known_.emplace(entry.id, &entry);
      if (!entry.container.empty()) plan_.members[entry.container].push_back(&entry);
    }
  }

  Plan Make(bool reread) {
    for (const Item& item : inventory_.items) Consider(item, reread);
    for (const ItemProblem& problem : inventory_.problems) {
      // It is there, and only cannot be looked at today.
      if (problem.problem.state != extract::State::kFailed) continue;
      if (!present_.insert(problem.problem.id).second) continue;
      if (const auto place = known_.find(problem.problem.id);
          place != known_.end() && !place->second->source.empty())
        plan_.unread.push_back(place->second);
    }
    for (const ManifestEntry& entry : manifest_) ConsiderAbsence(entry);
    const auto by_id = [](const ManifestEntry* a, const ManifestEntry* b) { return a->id < b->id; };
    std::sort(plan_.gone.begin(), plan_.gone.end(), by_id);
    return std::move(plan_);
  }

 private:
  bool IsSame(const Item& item, const ManifestEntry& before) const {
    if (before.source != sources_[item.source]->mark()) return false;
    const index::FileStamp& now = item.found.stamp;
    if (source::IsKnown(now.hash)) return now.hash == before.stamp.hash;
    return now.mtime_ns != 0 && now.mtime_ns == before.stamp.mtime_ns && now.size == before.stamp.size;
  }

  /// A file, not the member of one, of whose members none is missing.
  bool IsWhole(const ManifestEntry& before) const {
    return before.container.empty() && before.members == plan_.MembersOf(before.id).size();
  }

  void Consider(const Item& item, bool reread) {
    present_.insert(item.found.id);
    const auto place = known_.find(item.found.id);
    const ManifestEntry* before = place == known_.end() ? nullptr : place->second;
    const bool whole = before != nullptr && IsWhole(*before);
    if (whole && !reread && IsSame(item, *before)) {
      plan_.unchanged.push_back({&item, before});
      return;
    }
    const bool same_settings = whole && before->source == sources_[item.source]->mark();
    plan_.steps.push_back(
        {&item, before, before == nullptr ? Change::kNew : Change::kChanged, same_settings && !reread});
  }

  bool IsOutOfSight(const ManifestEntry& entry) const {
    return std::any_of(
        inventory_.unreadable.begin(), inventory_.unreadable.end(), [&](const UnreadableFolder& folder) {
          return entry.source == sources_[folder.source]->mark() && entry.id.starts_with(folder.prefix);
        });
  }

  void ConsiderAbsence(const ManifestEntry& entry) {
    if (IsDocument(entry)) ++plan_.documents_before;
    if (entry.source.empty() || present_.contains(entry.id)) return;
    if (!entry.container.empty() && present_.contains(entry.container)) return;
    if (IsOutOfSight(entry)) {
      plan_.out_of_sight.push_back(&entry);
    } else {
      plan_.gone.push_back(&entry);
    }
  }

  const Inventory& inventory_;
  const Sources& sources_;
  std::span<const ManifestEntry> manifest_;
  std::unordered_map<std::string_view, const ManifestEntry*> known_;
  std::unordered_set<std::string_view> present_;
  Plan plan_;
};

}  // namespace

std::string_view Name(Change change) {
  switch (change) {
    case Change::kNew: return "new";
    case Change::kChanged: return "changed";
    case Change::kMoved: return "moved";
    case Change::kUnchanged: return "unchanged";
    case Change::kGone: return "gone";
  }
  return "unchanged";
}

bool IsDocument(const ManifestEntry& entry) { return entry.state == "indexed" || entry.state == "truncated"; }

const std::vector<const ManifestEntry*>& Plan::MembersOf(std::string_view id) const {
  static const std::vector<const ManifestEntry*> kNone;
  const auto place = members.find(id);
  return place == members.end() ? kNone : place->second;
}

std::uint64_t Plan::Count(Change change) const {
  if (change == Change::kUnchanged) {
    return std::accumulate(
        unchanged.begin(), unchanged.end(), std::uint64_t{0},
        [&](std::uint64_t sum, const Kept& kept) { return sum + 1 + MembersOf(kept.item->found.id).size(); });
  }
  if (change == Change::kGone) return GoneDocuments();
  return static_cast<std::uint64_t>(
      std::count_if(steps.begin(), steps.end(), [&](const Step& step) { return step.change == change; }));
}

std::uint64_t Plan::GoneDocuments() const {
  return static_cast<std::uint64_t>(
      std::count_if(gone.begin(), gone.end(), [](const ManifestEntry* entry) { return IsDocument(*entry); }));
}

Plan MakePlan(const Inventory& inventory, const Sources& sources, std::span<const ManifestEntry> manifest,
              bool reread) {
  return Planner(inventory, sources, manifest).Make(reread);
}

void FindMoves(Plan& plan, const HashFunction& hash) {
  std::unordered_multimap<std::uint64_t, const ManifestEntry*> gone_by_size;
  for (const ManifestEntry* entry : plan.gone) {
    if (IsDocument(*entry) && source::IsKnown(entry->stamp.hash))
      gone_by_size.emplace(entry->stamp.size, entry);
  }
  for (Step& step : plan.steps) {
    if (step.change != Change::kNew) continue;
    auto [first, last] = gone_by_size.equal_range(step.item->found.stamp.size);
    if (first == last) continue;
    const auto content = hash(*step.item);
    const auto match =
        std::find_if(first, last, [&](const auto& one) { return content == one.second->stamp.hash; });
    if (match == last) continue;
    step.change = Change::kMoved;
    const auto& members = plan.MembersOf(match->second->id);
    plan.moved += 1 + static_cast<std::uint64_t>(
                          std::count_if(members.begin(), members.end(),
                                        [](const ManifestEntry* member) { return IsDocument(*member); }));
    gone_by_size.erase(match);  // one file moves to one place; further copies are new
  }
}

void FindSame(Plan& plan, const HashFunction& hash) {
  std::erase_if(plan.steps, [&](const Step& step) {
    if (!step.may_be_same || step.item->found.stamp.size != step.before->stamp.size) return false;
    if (!source::IsKnown(step.before->stamp.hash) || hash(*step.item) != step.before->stamp.hash)
      return false;
    plan.unchanged.push_back({step.item, step.before});
    return true;
  });
}

}  // namespace quipu::job
