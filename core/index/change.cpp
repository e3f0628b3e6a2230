// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/change.h"

namespace quipu::index {

std::size_t Change::bytes() const {
  std::size_t sum = sizeof(Change) + document.body.size() + document.title.size();
  for (const auto& segment : document.segments) sum += sizeof segment + segment.heading.size();
  for (const auto& [name, value] : document.fields) {
    sum += sizeof value + name.size();
    if (const auto* text = std::get_if<std::string>(&value)) sum += text->size();
    if (const auto* list = std::get_if<std::vector<schema::Scalar>>(&value))
      sum += list->size() * sizeof(schema::Scalar);
  }
  return sum;
}

void ChangeCounts::Count(Change::Kind kind, bool existed) {
  switch (kind) {
    case Change::Kind::kPut: ++(existed ? replaced : added); break;
    case Change::Kind::kRecord:
    case Change::Kind::kDelete: deleted += existed ? 1 : 0; break;
    case Change::Kind::kTouch: break;
  }
}

void ChangeCounts::Add(const ChangeCounts& other) {
  added += other.added;
  replaced += other.replaced;
  deleted += other.deleted;
}

bool Apply(const Change& change, DocumentStore& store) {
  switch (change.kind) {
    case Change::Kind::kPut: return store.Put(change.document, change.entry);
    case Change::Kind::kRecord: return store.Record(change.entry);
    case Change::Kind::kTouch: return store.Touch(change.entry);
    case Change::Kind::kDelete: break;
  }
  return store.Delete(change.id());
}

}  // namespace quipu::index
