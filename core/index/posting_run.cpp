// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_run.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "core/index/glass_encoding.h"
#include "core/index/glass_table.h"
#include "core/index/varint.h"

namespace quipu::index {
namespace {

using glass::TableFile;

/// Beyond this a chunk of a posting list or of values is ended.
constexpr std::size_t kChunkBytes = 2000;
constexpr std::string_view kMetadataMark("\0\xC0", 2);
constexpr std::string_view kValueStatisticsMark("\0\xD0", 2);
constexpr std::string_view kValuesMark("\0\xD8", 2);
constexpr std::string_view kLengthsMark("\0\xE0", 2);

/// What a document costs beside its bytes.
constexpr std::size_t kDocumentBytes = 256;

std::string DocumentKey(std::uint32_t document) {
  std::string key;
  glass::PutSortable(key, document);
  return key;
}

/// Puts a list of documents with a number each into chunks. The first has `key` and begins with how many there
/// are; the others have `key`, `separator` and their first document.
class ChunkWriter {
 public:
  struct Totals {
    std::uint64_t documents;
    std::uint64_t count;
  };
  ChunkWriter(std::string key, std::string_view separator, Totals totals)
      : key_(std::move(key)), separator_(separator), totals_(totals) {}

  template <typename Put>
  void Add(std::uint32_t document, std::uint32_t number, const Put& put) {
    if (chunk_.size() >= kChunkBytes) End(false, put);
    if (chunk_.empty()) {
      first_ = document;
    } else {
      PutVarint(chunk_, document - last_ - 1);
    }
    last_ = document;
    PutVarint(chunk_, number);
  }

  template <typename Put>
  void End(bool is_last, const Put& put) {
    std::string tag;
    std::string key = key_;
    if (is_first_) {
      PutVarint(tag, totals_.documents);
      PutVarint(tag, totals_.count);
      PutVarint(tag, first_ - 1);
    } else {
      key += separator_;
      glass::PutSortable(key, first_);
    }
    tag += is_last ? '1' : '0';
    PutVarint(tag, last_ - first_);
    tag += chunk_;
    put(key, tag);
    chunk_.clear();
    is_first_ = false;
  }

 private:
  std::string key_;
  std::string_view separator_;
  Totals totals_;
  std::string chunk_;
  std::uint32_t first_ = 0;
  std::uint32_t last_ = 0;
  bool is_first_ = true;
};

/// A table that is made when it gets its first entry: Xapian has no files for tables without.
class OptionalTable {
 public:
  explicit OptionalTable(std::filesystem::path path) : path_(std::move(path)) {}

  TableFile& Get() {
    if (!file_) file_.emplace(path_);
    return *file_;
  }
  glass::TableRoot Finish() { return file_ ? file_->Finish() : glass::TableRoot{}; }

 private:
  std::filesystem::path path_;
  std::optional<TableFile> file_;
};

}  // namespace

PostingRun::Tag PostingRun::Pack(std::string bytes) {
  std::string packed;
  if (bytes.size() > glass::kLeastCompressed && deflate_.Compress(bytes, packed)) {
    packed.shrink_to_fit();
    return {std::move(packed), true};
  }
  return {std::move(bytes), false};
}

void PostingRun::Add(DocumentEntry entry) {
  const std::uint32_t number = statistics_.documents + 1;
  StoredDocument& document = documents_.emplace_back();
  std::uint64_t length = 0;
  for (const EntryTerm& term : entry.terms) {
    length += term.count;
    statistics_.greatest_count = std::max(statistics_.greatest_count, term.count);
  }
  document.length = static_cast<std::uint32_t>(length);
  statistics_.AddDocument(document.length);
  terms_.Add(number, entry.terms);
  document.terms = Pack(glass::EncodeTerms(entry.terms, length));
  document.data = Pack(std::move(entry.data));
  AddValues(entry, number, document.slots);
  other_bytes_ += kDocumentBytes + document.terms.bytes.size() + document.data.bytes.size();
}

void PostingRun::AddValues(DocumentEntry& entry, std::uint32_t document, std::string& slots) {
  std::sort(entry.values.begin(), entry.values.end());
  std::uint64_t next = 0;
  for (auto& [slot, value] : entry.values) {
    PutVarint(slots, slot - next);
    next = std::uint64_t{slot} + 1;
    other_bytes_ += sizeof(std::pair<std::uint32_t, std::string>) + value.size();
    values_[slot].emplace_back(document, std::move(value));
  }
}

void PostingRun::SetMetadata(std::string key, std::string value) {
  other_bytes_ += sizeof(Entries::value_type) + key.size() + value.size();
  metadata_.emplace_back(std::string(kMetadataMark) + key, std::move(value));
}

void PostingRun::PutValues(Entries& entries) const {
  for (const auto& [slot, values] : values_) {
    std::string key(kValueStatisticsMark);
    for (std::uint32_t rest = slot; rest > 0; rest >>= 8) key += static_cast<char>(rest);
    const auto by_value = [](const auto& a, const auto& b) { return a.second < b.second; };
    const auto [least, greatest] = std::minmax_element(values.begin(), values.end(), by_value);
    std::string statistics;
    PutVarint(statistics, values.size());
    PutText(statistics, least->second);
    if (least->second != greatest->second) statistics += greatest->second;
    entries.emplace_back(std::move(key), std::move(statistics));

    std::string chunk;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    const auto end_chunk = [&] {
      std::string chunk_key(kValuesMark);
      PutVarint(chunk_key, slot);
      glass::PutSortable(chunk_key, first);
      entries.emplace_back(std::move(chunk_key), std::move(chunk));
      chunk = {};
    };
    for (const auto& [document, value] : values) {
      if (chunk.empty()) {
        first = document;
      } else {
        PutVarint(chunk, document - last - 1);
      }
      last = document;
      PutText(chunk, value);
      if (chunk.size() >= kChunkBytes) end_chunk();
    }
    if (!chunk.empty()) end_chunk();
  }
}

void PostingRun::PutLengths(Entries& entries) const {
  const auto put = [&](const std::string& key, const std::string& tag) { entries.emplace_back(key, tag); };
  ChunkWriter lengths(std::string(kLengthsMark), {}, {0, 0});
  for (std::uint32_t i = 0; i < documents_.size(); ++i) lengths.Add(i + 1, documents_[i].length, put);
  lengths.End(true, put);
}

glass::TableRoot PostingRun::WriteData(const std::filesystem::path& folder) const {
  OptionalTable table(TablePath(folder, glass::kDataTable));
  for (std::uint32_t i = 0; i < documents_.size(); ++i) {
    const Tag& data = documents_[i].data;
    if (!data.bytes.empty()) table.Get().Add(DocumentKey(i + 1), data.bytes, data.compressed);
  }
  return table.Finish();
}

glass::TableRoot PostingRun::WriteTerms(const std::filesystem::path& folder) const {
  TableFile table(TablePath(folder, glass::kTermTable));
  for (std::uint32_t i = 0; i < documents_.size(); ++i) {
    const StoredDocument& document = documents_[i];
    std::string key = DocumentKey(i + 1);
    table.Add(key, document.terms.bytes, document.terms.compressed);
    key += '\0';
    if (!document.slots.empty()) table.Add(key, document.slots);
  }
  return table.Finish();
}

void PostingRun::WritePostings(const std::filesystem::path& folder, glass::TableRoot& postings,
                               glass::TableRoot& positions) {
  TableFile table(TablePath(folder, glass::kPostingTable));
  OptionalTable position_table(TablePath(folder, glass::kPositionTable));
  Entries others = std::move(metadata_);
  PutValues(others);
  PutLengths(others);
  std::sort(others.begin(), others.end());
  for (const auto& [key, tag] : others) table.Add(key, tag);
  others = {};
  const auto put = [&](const std::string& key, const std::string& tag) { table.Add(key, tag); };
  std::string position_key;
  terms_.Drain([&](const TermLog::Term& term) {
    std::string key;
    glass::PutSortableText(key, term.text);
    position_key.assign(key) += '\0';
    const std::size_t prefix = position_key.size();
    ChunkWriter chunks(std::move(key), std::string_view("\0", 1), {term.documents, term.count});
    TermLog::Reader reader(term);
    for (TermLog::Posting posting; reader.Next(posting);) {
      chunks.Add(posting.document, posting.count, put);
      if (posting.positions.empty()) continue;
      position_key.resize(prefix);
      glass::PutSortable(position_key, posting.document);
      position_table.Get().Add(position_key, posting.positions);
    }
    chunks.End(true, put);
  });
  postings = table.Finish();
  positions = position_table.Finish();
}

void PostingRun::Write(const std::filesystem::path& folder) {
  // Half of it is gone if the disk refuses: nothing may go on with that.
  PostingRun all = std::exchange(*this, PostingRun());
  std::filesystem::create_directory(folder);
  std::array<glass::TableRoot, glass::kTables> roots;
  roots[glass::kDataTable] = all.WriteData(folder);
  roots[glass::kTermTable] = all.WriteTerms(folder);
  all.WritePostings(folder, roots[glass::kPostingTable], roots[glass::kPositionTable]);
  WriteVersionFile(folder, roots, all.statistics_);
}

}  // namespace quipu::index
