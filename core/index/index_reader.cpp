// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/index_reader.h"

#include <algorithm>

#include "core/index/document_store.h"
#include "core/index/index_directory.h"
#include "core/index/index_format.h"
#include "core/index/manifest_codec.h"
#include "core/schema/document_json.h"
#include "core/schema/field.h"

namespace quipu::index {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> SplitAtCommas(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find(',', begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::map<std::string, std::uint64_t> CountTerms(const Xapian::Database& database, const std::string& prefix) {
  std::map<std::string, std::uint64_t> counts;
  for (auto term = database.allterms_begin(prefix); term != database.allterms_end(prefix); ++term) {
    counts[(*term).substr(prefix.size())] = term.get_termfreq();
  }
  return counts;
}

std::vector<std::string> MostFrequentFirst(const std::map<std::string, std::uint64_t>& counts) {
  std::vector<std::string> names;
  for (const auto& [name, count] : counts) names.push_back(name);
  std::stable_sort(names.begin(), names.end(),
                   [&](const std::string& a, const std::string& b) { return counts.at(a) > counts.at(b); });
  return names;
}

Error Unavailable(const fs::path& root, const std::string& why) {
  return Error{Code::kIndexUnavailable, "The index in `" + root.string() + "` " + why};
}

}  // namespace

Status CheckFormat(const Xapian::Database& database, const fs::path& path) {
  const std::string version = database.get_metadata(std::string(kFormatKey));
  if (version == std::to_string(kFormatVersion)) return Done{};
  return Error{Code::kIndexVersion, "The index `" + path.string() + "` has format version " +
                                        (version.empty() ? "unknown" : version) +
                                        ", this program reads version " + std::to_string(kFormatVersion) +
                                        "; run `quipu-indexer run --rebuild`."};
}

Result<IndexReader> IndexReader::Open(const fs::path& index_root) {
  const IndexDirectory directory(index_root);
  std::uint64_t tried = 0;
  while (true) {
    const auto current = directory.CurrentGeneration();
    if (!current) return current.error();
    if (*current == 0) return Unavailable(index_root, "has nothing published yet; run `quipu-indexer run`.");
    const fs::path path = directory.GenerationPath(*current);
    try {
      Xapian::Database database(path.string());
      if (Status status = CheckFormat(database, index_root); !status) return status.error();
      return IndexReader(std::move(database), *current);
    } catch (const Xapian::Error&) {
      // A writer may have published and removed what CURRENT named a moment ago: then it names another now.
      if (*current == tried) {
        return Unavailable(index_root, "cannot be opened: generation `" + path.filename().string() +
                                           "` is missing or damaged; run `quipu-indexer run --rebuild`.");
      }
      tried = *current;
    }
  }
}

bool IndexReader::Reopen() { return database_.reopen(); }

IndexFacts IndexReader::Facts() const {
  IndexFacts facts;
  const auto read = [&](std::string_view key) { return database_.get_metadata(std::string(key)); };
  facts.title = read(kTitleKey);
  facts.created_at = read(kCreatedKey);
  facts.updated_at = read(kUpdatedKey);
  facts.fingerprint = read(kFingerprintKey);
  facts.language_counts = CountTerms(database_, std::string(schema::FindField("language")->prefix));
  facts.languages = SplitAtCommas(read(kLanguagesKey));
  if (facts.languages.empty()) facts.languages = MostFrequentFirst(facts.language_counts);
  facts.generation = generation_;
  facts.revision = revision();
  facts.documents = database_.get_doccount();
  return facts;
}

Xapian::docid IndexReader::FindDocument(const std::string& id) const {
  const std::string term = schema::IdTerm(id);
  const auto found = database_.postlist_begin(term);
  return found == database_.postlist_end(term) ? 0 : *found;
}

schema::Document IndexReader::StoredDocument(Xapian::docid docid) const {
  return Stored(database_.get_document(docid));
}

schema::Document IndexReader::Stored(const Xapian::Document& stored) {
  auto document = schema::FromStoredJson(stored.get_data());
  if (!document) throw Xapian::DatabaseCorruptError("a stored document is malformed");
  return std::move(*document);
}

std::uint64_t IndexReader::TextNumber(Xapian::docid docid) const {
  return TextNumber(database_.get_document(docid));
}

std::uint64_t IndexReader::TextNumber(const Xapian::Document& document) {
  return DecodeTextNumber(document.get_value(schema::kTextSlot));
}

FieldTable::Columns IndexReader::UserFields() const {
  return FieldTable::Decode(database_.get_metadata(std::string(kFieldTableKey)));
}

std::map<std::string, std::uint64_t> IndexReader::FieldCounts() const {
  auto counts = CountTerms(database_, schema::PresenceTerm("", schema::Presence::kExists));
  if (const auto documents = database_.get_doccount(); documents > 0) counts["id"] = documents;
  return counts;
}

std::vector<ManifestEntry> IndexReader::Manifest() const { return ReadManifest(database_); }

std::vector<ManifestEntry> ReadManifest(const Xapian::Database& database) {
  std::vector<ManifestEntry> entries;
  entries.reserve(database.get_doccount());
  const auto add = [&](std::optional<ManifestEntry> entry) {
    if (!entry) throw Xapian::DatabaseCorruptError("a manifest entry is malformed");
    entries.push_back(std::move(*entry));
  };
  // Two slots of the same documents: both streams advance together.
  auto id = database.valuestream_begin(schema::kIdSlot);
  auto stamp = database.valuestream_begin(schema::kStampSlot);
  for (; id != database.valuestream_end(schema::kIdSlot); ++id, ++stamp) {
    add(DecodeEntry(*stamp));
    entries.back().id = *id;
  }
  const std::string prefix(kFileKey);
  for (auto key = database.metadata_keys_begin(prefix); key != database.metadata_keys_end(prefix); ++key) {
    add(DecodeFileEntry(database.get_metadata(*key)));
  }
  return entries;
}

}  // namespace quipu::index
