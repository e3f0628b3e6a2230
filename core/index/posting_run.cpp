// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/posting_run.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "core/index/glass_encoding.h"
#include "core/index/glass_table.h"
#include "core/index/posting_chunks.h"
#include "core/index/varint.h"

namespace quipu::index {
namespace {

using glass::TableFile;

/// What a document costs beside its bytes.
constexpr std::size_t kDocumentBytes = 256;

std::string DocumentKey(std::uint32_t document) {
  std::string key;
  glass::PutSortable(key, document);
  return key;
}

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

void PostingRun::SetMetadata(std::string_view key, std::string value) {
  other_bytes_ += sizeof(Entries::value_type) + key.size() + value.size();
  metadata_.emplace_back(std::string(glass::kMetadataMark).append(key), std::move(value));
}

void PostingRun::PutValues(Entries& entries) const {
  for (const auto& column : values_) {
    const Xapian::valueno slot = column.first;
    const auto& values = column.second;
    std::string key(glass::kValueStatisticsMark);
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
      std::string chunk_key(glass::kValuesMark);
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
      if (chunk.size() >= glass::kChunkBytes) end_chunk();
    }
    if (!chunk.empty()) end_chunk();
  }
}

glass::TableRoot PostingRun::WriteData(const std::filesystem::path& folder) const {
  TableFile table(TablePath(folder, glass::kDataTable));
  for (std::uint32_t i = 0; i < documents_.size(); ++i) {
    const Tag& data = documents_[i].data;
    if (!data.bytes.empty()) table.Add(DocumentKey(i + 1), data.bytes, data.compressed);
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
  TableFile position_table(TablePath(folder, glass::kPositionTable));
  Entries others = std::move(metadata_);
  PutValues(others);
  std::sort(others.begin(), others.end());
  for (const auto& [key, tag] : others) table.Add(key, tag);
  others = {};
  glass::PostingChunks chunks;
  for (std::uint32_t i = 0; i < documents_.size(); ++i) chunks.Add(i + 1, documents_[i].length);
  chunks.Write({glass::kLengthsMark, {}}, table);
  std::string key;
  terms_.Drain([&](const TermLog::Term& term) {
    key.clear();
    glass::PutSortableText(key, term.text);
    const std::size_t term_bytes = key.size();
    key += glass::kTermEnd;
    TermLog::Reader reader(term);
    for (TermLog::Posting posting; reader.Next(posting);) {
      chunks.Add(posting.document, posting.count);
      if (posting.positions.empty()) continue;
      key.resize(term_bytes + glass::kTermEnd.size());
      glass::PutSortable(key, posting.document);
      position_table.Add(key, posting.positions);
    }
    key.resize(term_bytes);
    chunks.Write({key, glass::kTermEnd, term.documents, term.count}, table);
  });
  postings = table.Finish();
  positions = position_table.Finish();
}

void PostingRun::Write(const std::filesystem::path& folder) {
  // Half of it is gone if the disk refuses: nothing may go on with that.
  PostingRun all = std::exchange(*this, PostingRun());
  std::filesystem::create_directory(folder);
  glass::VersionFile version;
  version.roots[glass::kDataTable] = all.WriteData(folder);
  version.roots[glass::kTermTable] = all.WriteTerms(folder);
  all.WritePostings(folder, version.roots[glass::kPostingTable], version.roots[glass::kPositionTable]);
  version.statistics = all.statistics_;
  WriteVersionFile(folder, version);
}

}  // namespace quipu::index
