// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/text_store.h"

#include <xxhash.h>

#include <algorithm>
#include <string>

#include "core/index/block_codec.h"
#include "core/index/index_format.h"

namespace quipu::index {
namespace {

/// A page of the filter holds at most so many entries: one to two bytes each.
constexpr std::size_t kPageEntries = 1200;

constexpr char kHeaderKind = 'h';
constexpr char kFilterKind = 'f';
constexpr char kBlockKind = 'b';

/// A number as bytes that sort as the numbers do: how many bytes, then those bytes.
void AppendSortable(std::string& key, std::uint64_t number) {
  std::string digits;
  for (; number > 0; number >>= 8) digits += static_cast<char>(number & 0xFF);
  key += static_cast<char>(digits.size());
  key.append(digits.rbegin(), digits.rend());
}

std::string Key(std::uint64_t text_number, char kind, std::uint64_t part = 0) {
  std::string key = TextKeyPrefix(text_number);
  key += kind;
  if (kind != kHeaderKind) AppendSortable(key, part);
  return key;
}

std::string_view BlockText(std::string_view body, std::span<const std::uint32_t> begins, std::size_t block) {
  const std::size_t end = block + 1 < begins.size() ? begins[block + 1] : body.size();
  return body.substr(begins[block], end - begins[block]);
}

/// Gives the filter pages; returns the least hash of each.
std::vector<std::uint16_t> EncodeFilter(std::uint64_t text_number, std::span<const StemBlock> stems,
                                        std::uint32_t block_count, const MetadataSink& put) {
  std::vector<std::uint16_t> pages;
  // The one block of a short body is where everything is.
  if (block_count < 2) return pages;
  const unsigned drop = 16 - FilterHashBits(block_count);
  for (std::size_t begin = 0; begin < stems.size();) {
    std::size_t end = std::min(begin + kPageEntries, stems.size());
    while (end < stems.size() && stems[end].hash >> drop == stems[end - 1].hash >> drop) ++end;
    put(Key(text_number, kFilterKind, pages.size()),
        EncodeFilterPage(stems.subspan(begin, end - begin), block_count));
    pages.push_back(static_cast<std::uint16_t>(stems[begin].hash >> drop << drop));
    begin = end;
  }
  return pages;
}

/// In order and within the body, whatever the extractor said.
std::vector<schema::Segment> OrderedSegments(std::span<const schema::Segment> segments,
                                             std::size_t body_bytes) {
  std::vector<schema::Segment> ordered(segments.begin(), segments.end());
  for (schema::Segment& segment : ordered) {
    segment.begin = std::min(segment.begin, static_cast<std::uint32_t>(body_bytes));
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const schema::Segment& a, const schema::Segment& b) { return a.begin < b.begin; });
  return ordered;
}

}  // namespace

std::uint16_t StemHash(std::string_view stem) {
  return static_cast<std::uint16_t>(XXH3_64bits(stem.data(), stem.size()));
}

std::string TextKeyPrefix(std::uint64_t text_number) {
  std::string key(kTextKey);
  AppendSortable(key, text_number);
  return key;
}

void EncodeText(std::uint64_t text_number, const TextParts& parts, const MetadataSink& put) {
  std::sort(parts.stems.begin(), parts.stems.end());
  const auto end = std::unique(parts.stems.begin(), parts.stems.end());
  const auto blocks = static_cast<std::uint32_t>(parts.begins.size());
  TextHeader header;
  header.body_bytes = static_cast<std::uint32_t>(parts.body.size());
  header.begins.assign(parts.begins.begin(), parts.begins.end());
  header.segments = OrderedSegments(parts.segments, parts.body.size());
  header.filter_pages = EncodeFilter(text_number, {parts.stems.begin(), end}, blocks, put);
  for (std::uint32_t block = 0; block < blocks; ++block)
    put(Key(text_number, kBlockKind, block), CompressBlock(BlockText(parts.body, parts.begins, block)));
  put(Key(text_number, kHeaderKind), EncodeTextHeader(header));
}

void WriteText(Xapian::WritableDatabase& db, std::uint64_t text_number, const TextParts& parts) {
  EraseText(db, text_number);
  EncodeText(text_number, parts,
             [&](const std::string& key, const std::string& value) { db.set_metadata(key, value); });
}

void EraseText(Xapian::WritableDatabase& db, std::uint64_t text_number) {
  const std::string header_key = Key(text_number, kHeaderKind);
  const std::string bytes = db.get_metadata(header_key);
  if (bytes.empty()) return;
  const auto header = DecodeTextHeader(bytes);
  if (!header) throw Xapian::DatabaseCorruptError("a stored text has a malformed header");
  for (std::size_t page = 0; page < header->filter_pages.size(); ++page) {
    db.set_metadata(Key(text_number, kFilterKind, page), {});
  }
  for (std::size_t block = 0; block < header->begins.size(); ++block) {
    db.set_metadata(Key(text_number, kBlockKind, block), {});
  }
  db.set_metadata(header_key, {});
}

TextHeader ReadTextHeader(const Xapian::Database& db, std::uint64_t text_number) {
  const std::string bytes = db.get_metadata(Key(text_number, kHeaderKind));
  if (bytes.empty()) return {};
  auto header = DecodeTextHeader(bytes);
  if (!header) throw Xapian::DatabaseCorruptError("a stored text has a malformed header");
  return std::move(*header);
}

std::vector<std::vector<std::uint32_t>> FindBlocks(const Xapian::Database& db, std::uint64_t text_number,
                                                   const TextHeader& header,
                                                   std::span<const std::uint16_t> stem_hashes) {
  std::vector<std::vector<std::uint32_t>> blocks(stem_hashes.size());
  const auto block_count = static_cast<std::uint32_t>(header.begins.size());
  const auto& pages = header.filter_pages;
  std::size_t loaded = pages.size();
  std::string page;
  for (std::size_t i = 0; i < stem_hashes.size(); ++i) {
    if (block_count == 1) blocks[i] = {0};
    const auto after = std::upper_bound(pages.begin(), pages.end(), stem_hashes[i]);
    if (after == pages.begin()) continue;
    const auto number = static_cast<std::size_t>(after - pages.begin()) - 1;
    if (number != loaded) page = db.get_metadata(Key(text_number, kFilterKind, number));
    loaded = number;
    blocks[i] = FindInFilterPage(page, stem_hashes[i], block_count);
  }
  return blocks;
}

std::string ReadTextBlock(const Xapian::Database& db, std::uint64_t text_number, std::uint32_t block) {
  auto text = DecompressBlock(db.get_metadata(Key(text_number, kBlockKind, block)));
  if (!text) throw Xapian::DatabaseCorruptError("a block of a stored text is missing or malformed");
  return std::move(*text);
}

std::string ReadText(const Xapian::Database& db, std::uint64_t text_number) {
  const TextHeader header = ReadTextHeader(db, text_number);
  std::string body;
  body.reserve(header.body_bytes);
  for (std::uint32_t block = 0; block < header.begins.size(); ++block)
    body += ReadTextBlock(db, text_number, block);
  return body;
}

}  // namespace quipu::index
