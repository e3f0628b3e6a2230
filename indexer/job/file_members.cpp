// SPDX-License-Identifier: GPL-2.0-or-later
#include "indexer/job/file_members.h"

#include <algorithm>
#include <utility>

#include "indexer/source/document_id.h"
#include "indexer/source/source_name.h"

namespace quipu::job {
namespace {

report::Line LineOf(const index::ManifestEntry& entry) {
  report::Line line;
  line.id = entry.id;
  line.outcome = IsDocument(entry) ? report::Outcome::kUnchanged : report::FromName(entry.state);
  line.reason = entry.reason;
  line.source = source::NameOfMark(entry.source);
  return line;
}

bool GivesDocument(const extract::Extracted& extracted) {
  return extracted.state == extract::State::kIndexed || extracted.state == extract::State::kTruncated;
}

}  // namespace

const std::vector<const index::ManifestEntry*>& FileMembers::Before() const {
  static const std::vector<const index::ManifestEntry*> kNone;
  return parts_.plan == nullptr ? kNone : parts_.plan->MembersOf(step_.item->found.id);
}

/// Whether a file of some source has this id: it goes before a member.
bool FileMembers::IsTaken(const std::string& id) const {
  if (parts_.inventory == nullptr) return false;
  const auto& items = parts_.inventory->items;
  const auto place =
      std::lower_bound(items.begin(), items.end(), id,
                       [](const Item& item, const std::string& key) { return item.found.id < key; });
  return place != items.end() && place->found.id == id;
}

void FileMembers::Take(const std::string& path, extract::Extracted extracted) {
  const source::Source& source = *parts_.sources[step_.item->source];
  const std::string& file = step_.item->found.id;
  report::Line line;
  line.id = source::IdOfMember(file, path);
  line.source = source.name();
  line.type = extracted.document.type;
  line.title = extracted.document.title;
  line.ms = extracted.elapsed.count();
  line.outcome = report::FromState(extracted.state);
  line.reason = extracted.reason;
  line.was_read = true;
  if (IsTaken(line.id)) {
    line.outcome = report::Outcome::kSkipped;
    line.reason = "a file has the same id";
    return parts_.record.Add(line);
  }
  if (!taken_.insert(line.id).second) return;
  index::ManifestEntry entry;
  entry.id = line.id;
  entry.source = source.mark();
  entry.container = file;
  entry.state = extract::StateName(extracted.state);
  entry.reason = extracted.reason;
  if (GivesDocument(extracted)) {
    extracted.document.id = line.id;
    extracted.document.fields["container"] = file;
    source.CompleteMember(step_.item->found, extracted.document);
    line.title = extracted.document.title;
    const std::size_t text_bytes = extracted.document.body.size();
    parts_.job.Put(std::move(extracted.document), std::move(entry));
    return parts_.record.AddDocument(line, text_bytes);
  }
  parts_.job.Record(std::move(entry));
  parts_.record.Add(line);
}

void FileMembers::RemoveOthers() {
  for (const index::ManifestEntry* before : Before()) {
    if (taken_.contains(before->id) || IsTaken(before->id)) continue;
    parts_.job.Delete(before->id);
    if (!IsDocument(*before)) continue;
    ++lost_;
    report::Line line = LineOf(*before);
    line.outcome = report::Outcome::kDeleted;
    line.reason.clear();
    parts_.record.Add(line);
  }
}

void FileMembers::KeepAll() {
  for (const index::ManifestEntry* before : Before()) parts_.record.Add(LineOf(*before));
}

}  // namespace quipu::job
