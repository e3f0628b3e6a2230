// SPDX-License-Identifier: GPL-2.0-or-later
#include "core/index/text_header.h"

#include <algorithm>
#include <limits>

#include "core/index/varint.h"

namespace quipu::index {
namespace {

constexpr std::uint64_t kMaxOffset = std::numeric_limits<std::uint32_t>::max();

void PutSegments(std::string& bytes, const std::vector<schema::Segment>& segments) {
  PutVarint(bytes, segments.size());
  std::uint32_t begin = 0;
  for (const schema::Segment& segment : segments) {
    PutVarint(bytes, segment.begin - begin);
    begin = segment.begin;
    PutVarint(bytes, segment.page);
    PutText(bytes, segment.anchor);
    PutText(bytes, segment.heading);
  }
}

void ReadSegments(ByteReader& reader, TextHeader& header) {
  // Each segment has at least four bytes: a count beyond that is a lie that would reserve memory.
  const std::uint64_t count = reader.VarintUpTo(reader.remaining() / 4);
  header.segments.reserve(static_cast<std::size_t>(count));
  std::uint64_t begin = 0;
  for (std::uint64_t i = 0; i < count && !reader.failed(); ++i) {
    schema::Segment segment;
    begin += reader.VarintUpTo(header.body_bytes);
    if (begin > header.body_bytes) reader.Fail();
    segment.begin = static_cast<std::uint32_t>(begin);
    segment.page = static_cast<std::uint32_t>(reader.VarintUpTo(kMaxOffset));
    segment.anchor = reader.Text();
    segment.heading = reader.Text();
    header.segments.push_back(std::move(segment));
  }
}

void ReadBegins(ByteReader& reader, TextHeader& header) {
  const std::uint64_t count = reader.VarintUpTo(reader.remaining());
  header.begins.reserve(static_cast<std::size_t>(count));
  std::uint64_t begin = 0;
  for (std::uint64_t i = 0; i < count && !reader.failed(); ++i) {
    const std::uint64_t step = reader.VarintUpTo(header.body_bytes);
    begin += step;
    if (begin >= header.body_bytes || (i == 0) != (step == 0)) reader.Fail();
    header.begins.push_back(static_cast<std::uint32_t>(begin));
  }
  if (header.begins.empty() != (header.body_bytes == 0)) reader.Fail();
}

void ReadFilterPages(ByteReader& reader, TextHeader& header) {
  const std::uint64_t count = reader.VarintUpTo(reader.remaining());
  std::uint64_t hash = 0;
  for (std::uint64_t i = 0; i < count && !reader.failed(); ++i) {
    const std::uint64_t step = reader.VarintUpTo(0xFFFF);
    hash += step;
    if (hash > 0xFFFF || (i > 0 && step == 0)) reader.Fail();
    header.filter_pages.push_back(static_cast<std::uint16_t>(hash));
  }
}

}  // namespace

std::string EncodeTextHeader(const TextHeader& header) {
  std::string bytes;
  PutVarint(bytes, header.body_bytes);
  PutVarint(bytes, header.begins.size());
  std::uint32_t begin = 0;
  for (const std::uint32_t next : header.begins) {
    PutVarint(bytes, next - begin);
    begin = next;
  }
  PutVarint(bytes, header.filter_pages.size());
  std::uint16_t hash = 0;
  for (const std::uint16_t next : header.filter_pages) {
    PutVarint(bytes, static_cast<std::uint16_t>(next - hash));
    hash = next;
  }
  PutSegments(bytes, header.segments);
  return bytes;
}

std::optional<TextHeader> DecodeTextHeader(std::string_view bytes) {
  TextHeader header;
  ByteReader reader(bytes);
  header.body_bytes = static_cast<std::uint32_t>(reader.VarintUpTo(kMaxOffset));
  ReadBegins(reader, header);
  ReadFilterPages(reader, header);
  ReadSegments(reader, header);
  if (reader.failed() || reader.remaining() > 0) return std::nullopt;
  return header;
}

// An entry's first block is one varint with the step from the hash before and with "more blocks follow", as
// most stems occur in one block of a text: (step * block_count + block) * 2 + more. It has one byte for most
// stems of a short body and two for those of a long one. The further blocks are (step between blocks) * 2 +
// more.
std::string EncodeFilterPage(std::span<const StemBlock> entries, std::uint32_t block_count) {
  const auto kept = [drop = 16 - FilterHashBits(block_count)](const StemBlock& entry) -> std::uint64_t {
    return static_cast<std::uint64_t>(entry.hash) >> drop;
  };
  std::string bytes;
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < entries.size();) {
    const std::uint64_t next = kept(entries[i]);
    // Dropped bits may make one of two hashes; their blocks are then merged.
    std::vector<std::uint32_t> blocks;
    for (; i < entries.size() && kept(entries[i]) == next; ++i) blocks.push_back(entries[i].block);
    std::sort(blocks.begin(), blocks.end());
    blocks.erase(std::unique(blocks.begin(), blocks.end()), blocks.end());
    std::uint64_t step = (next - hash) * block_count + blocks.front();
    for (std::size_t b = 0; b < blocks.size(); ++b) {
      if (b > 0) step = blocks[b] - blocks[b - 1];
      PutVarint(bytes, step * 2 + (b + 1 < blocks.size() ? 1 : 0));
    }
    hash = next;
  }
  return bytes;
}

std::vector<std::uint32_t> FindInFilterPage(std::string_view page, std::uint16_t hash,
                                            std::uint32_t block_count) {
  std::vector<std::uint32_t> blocks;
  if (block_count == 0) return blocks;
  const std::uint64_t wanted = static_cast<std::uint64_t>(hash) >> (16 - FilterHashBits(block_count));
  ByteReader reader(page);
  for (std::uint64_t here = 0; reader.remaining() > 0 && here <= wanted;) {
    const std::uint64_t first = reader.Varint();
    here += (first >> 1) / block_count;
    std::uint64_t block = (first >> 1) % block_count;
    bool more = (first & 1) != 0;
    if (here == wanted) blocks.push_back(static_cast<std::uint32_t>(block));
    while (more) {
      const std::uint64_t step = reader.VarintUpTo(2 * kMaxOffset + 1);
      more = (step & 1) != 0;
      block += step >> 1;
      if (reader.failed() || block >= block_count) return blocks;
      if (here == wanted) blocks.push_back(static_cast<std::uint32_t>(block));
    }
    if (here == wanted) break;
  }
  return blocks;
}

}  // namespace quipu::index
