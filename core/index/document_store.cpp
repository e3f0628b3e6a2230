// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/document_store.h"

#include <algorithm>

#include "core/index/manifest_codec.h"
#include "core/index/text_store.h"
#include "core/schema/field.h"

namespace quipu::index {

std::string EncodeTextNumber(std::uint64_t number) {
  std::string bytes;
  for (; number > 0; number >>= 8) bytes += static_cast<char>(number & 0xFF);
  std::reverse(bytes.begin(), bytes.end());
  return bytes;
}

std::uint64_t DecodeTextNumber(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char c : bytes) number = number << 8 | static_cast<unsigned char>(c);
  return number;
}

Xapian::docid DocumentStore::Find(const std::string& id) const {
  const std::string term = schema::IdTerm(id);
  const auto found = database_.postlist_begin(term);
  return found == database_.postlist_end(term) ? 0 : *found;
}

bool DocumentStore::Knows(const std::string& id) const {
  return Find(id) != 0 || !database_.get_metadata(FileKey(id)).empty();
}

bool DocumentStore::Put(const schema::Document& document, const ManifestEntry& entry) {
  WrittenDocument written = writer_.Write(document, entry);
  if (written.shortened) shortened_.push_back(document.id);
  const Xapian::docid old = Find(document.id);
  std::uint64_t text_number =
      old == 0 ? 0 : DecodeTextNumber(database_.get_document(old).get_value(schema::kTextSlot));
  const bool has_text = HasText(document);
  if (!has_text && text_number != 0) EraseText(database_, text_number);
  if (has_text) {
    if (text_number == 0) text_number = next_text_++;
    WriteText(database_, text_number, written.Text(document));
    written.entry.values.emplace_back(schema::kTextSlot, EncodeTextNumber(text_number));
  }
  ForgetFile(document.id);
  if (old == 0) {
    database_.add_document(ToXapian(written.entry));
  } else {
    database_.replace_document(old, ToXapian(written.entry));
  }
  writer_.Forget();
  return old != 0;
}

bool DocumentStore::Record(const ManifestEntry& entry) {
  const bool existed = DeleteDocument(entry.id);
  database_.set_metadata(FileKey(entry.id), EncodeFileEntry(entry));
  return existed;
}

bool DocumentStore::Touch(const ManifestEntry& entry) {
  if (const Xapian::docid docid = Find(entry.id); docid != 0) {
    // Xapian rewrites only what was changed of a document that it gave itself: the value, not the terms.
    Xapian::Document document = database_.get_document(docid);
    document.add_value(schema::kStampSlot, EncodeEntry(entry));
    database_.replace_document(docid, document);
    return true;
  }
  const std::string key = FileKey(entry.id);
  if (database_.get_metadata(key).empty()) return false;
  database_.set_metadata(key, EncodeFileEntry(entry));
  return true;
}

bool DocumentStore::Delete(const std::string& id) {
  ForgetFile(id);
  return DeleteDocument(id);
}

bool DocumentStore::DeleteDocument(const std::string& id) {
  const Xapian::docid docid = Find(id);
  if (docid == 0) return false;
  const auto text_number = DecodeTextNumber(database_.get_document(docid).get_value(schema::kTextSlot));
  if (text_number != 0) EraseText(database_, text_number);
  database_.delete_document(docid);
  return true;
}

void DocumentStore::ForgetFile(const std::string& id) {
  const std::string key = FileKey(id);
  if (!database_.get_metadata(key).empty()) database_.set_metadata(key, {});
}

}  // namespace quipu::index
