// SPDX-License-Identifier: GPL-2.0-or-later
// What a damaged index may hold: text headers, filter pages, blocks, manifest entries, value slots. Nothing
// that is decoded names a place outside of what it belongs to, and what is decoded can be encoded again.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string_view>

#include "core/index/block_codec.h"
#include "core/index/field_table.h"
#include "core/index/manifest_codec.h"
#include "core/index/text_header.h"
#include "core/schema/field_value.h"

namespace {

using namespace quipu;

void Require(bool condition) {
  if (!condition) std::abort();
}

void TryHeader(std::string_view bytes) {
  const auto header = index::DecodeTextHeader(bytes);
  if (!header) return;
  Require(std::is_sorted(header->begins.begin(), header->begins.end()));
  Require(header->begins.empty() || header->begins.back() < header->body_bytes);
  Require(std::is_sorted(header->filter_pages.begin(), header->filter_pages.end()));
  for (const auto& segment : header->segments) Require(segment.begin <= header->body_bytes);
  Require(index::DecodeTextHeader(index::EncodeTextHeader(*header)).has_value());
}

void TryFilterPage(std::string_view bytes) {
  for (const std::uint32_t block_count : {2U, 16U, 17U, 4000U}) {
    for (const std::uint16_t hash : std::initializer_list<std::uint16_t>{0, 1, 77, 4096, 65535}) {
      const auto blocks = index::FindInFilterPage(bytes, hash, block_count);
      Require(std::is_sorted(blocks.begin(), blocks.end()));
      Require(blocks.empty() || blocks.back() < block_count);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  TryHeader(bytes);
  TryFilterPage(bytes);
  if (const auto text = index::DecompressBlock(bytes))
    Require(text->size() <= std::max(bytes.size(), index::kMaxBlockBytes));
  if (const auto entry = index::DecodeFileEntry(bytes)) {
    Require(index::DecodeFileEntry(index::EncodeFileEntry(*entry)) == *entry);
  }
  const auto values = schema::DecodeSlot(bytes);
  Require(values.numbers.empty() || values.strings.empty());
  const auto columns = index::FieldTable::Decode(bytes);
  Require(index::FieldTable::Decode(index::FieldTable(columns).Encode()) == columns);
  return 0;
}
